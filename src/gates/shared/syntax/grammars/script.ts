/** TypeScript and JavaScript, by the names of TypeScript's own tree. */
import { ANYWHERE, each, words, type Grammar } from "../grammar.ts";

export const script: Grammar = {
  declarations: {
    ...each("FunctionDeclaration", { as: "function", name: "name" }),
    ...each("MethodDeclaration MethodSignature GetAccessor SetAccessor", { as: "method", name: "name" }),
    ...each("Constructor CallSignature ConstructSignature IndexSignature", { as: "signature" }),
    ...each("ClassDeclaration ClassExpression", { as: "class", name: "name", inside: true }),
    ...each("InterfaceDeclaration", { as: "interface", name: "name", inside: true }),
    ...each("TypeAliasDeclaration", { as: "type", name: "name", inside: true }),
    ...each("EnumDeclaration", { as: "enum", name: "name", inside: true }),
    ...each("ModuleDeclaration", { as: "namespace", name: "name", inside: true }),
    ...each("EnumMember", { as: "variant", name: "name" }),
    ...each("PropertyDeclaration PropertySignature PropertyAssignment ShorthandPropertyAssignment", { as: "field", name: "name", inside: true }),
    ...each("VariableDeclaration", { as: "variable", name: "name", inside: true }),
    ...each("ExportSpecifier ExportDeclaration ExportAssignment NamespaceExportDeclaration ImportEqualsDeclaration", { as: "export", inside: true }),
    // CommonJS
    ...each("BinaryExpression", { as: "export", name: "PropertyAccessExpression", inside: true, when: /^(?:module\.)?exports\b/ }),
  },
  around: words("VariableStatement VariableDeclarationList"),
  before: words(""),
  functions: words("ArrowFunction FunctionExpression"),
  bodies: words(":body Block ClassStaticBlockDeclaration"),
  values: { VariableDeclaration: "=", PropertyDeclaration: "=", PropertyAssignment: ":", BinaryExpression: "=", ExportAssignment: "default" },
  literals: words("ObjectLiteralExpression AsExpression SatisfiesExpression ParenthesizedExpression"),
  opaque: words("CallExpression NewExpression ArrayLiteralExpression ObjectLiteralExpression TaggedTemplateExpression JsxElement JsxSelfClosingElement JsxFragment"),
  imports: words("ImportDeclaration"),
  specifiers: words("ImportSpecifier NamespaceImport :name"),
  fields: each("PropertyDeclaration PropertySignature PropertyAssignment ShorthandPropertyAssignment", ANYWHERE),
  arms: words("CaseClause DefaultClause"),
  calls: words("CallExpression NewExpression TaggedTemplateExpression"),
  suppressions: {},
};
