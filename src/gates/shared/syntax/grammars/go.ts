/** Go, by the names of its tree-sitter grammar. */
import { ANYWHERE, each, words, type Grammar } from "../grammar.ts";

export const go: Grammar = {
  declarations: {
    ...each("function_declaration method_declaration method_elem", { as: "function", name: "name" }),
    ...each("type_spec type_alias", { as: "type", name: "name", inside: true }),
    ...each("field_declaration", { as: "field", name: "name" }),
    ...each("const_spec", { as: "constant", name: "name" }),
    ...each("var_spec", { as: "variable", name: "name" }),
    ...each("package_clause", { as: "package" }),
  },
  around: words(""),
  before: words(""),
  functions: words("func_literal"),
  bodies: words("block"),
  values: each("const_spec var_spec", "="),
  literals: words(""),
  opaque: words("call_expression composite_literal"),
  imports: words("import_declaration"),
  specifiers: words("import_spec"),
  fields: { field_declaration: ANYWHERE, keyed_element: ANYWHERE },
  arms: words("expression_case default_case type_case"),
  calls: words("call_expression"),
  suppressions: {},
};
