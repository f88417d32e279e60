/** Java, by the names of its tree-sitter grammar. */
import { ANYWHERE, each, words, type Grammar } from "../grammar.ts";

const SUPPRESSION = /^@\s*(?:java\.lang\.)?SuppressWarnings\b/;

export const java: Grammar = {
  declarations: {
    ...each("method_declaration annotation_type_element_declaration", { as: "method", name: "name" }),
    ...each("constructor_declaration compact_constructor_declaration", { as: "constructor", name: "name" }),
    ...each("class_declaration record_declaration", { as: "class", name: "name", inside: true }),
    ...each("interface_declaration annotation_type_declaration", { as: "interface", name: "name", inside: true }),
    ...each("enum_declaration", { as: "enum", name: "name", inside: true }),
    ...each("enum_constant", { as: "variant", name: "name" }),
    ...each("field_declaration constant_declaration", { as: "field", name: "declarator.name" }),
    ...each("package_declaration", { as: "package" }),
  },
  around: words(""),
  before: words(""),
  functions: words("lambda_expression object_creation_expression"),
  bodies: words("block class_body interface_body enum_body constructor_body annotation_type_body"),
  values: { variable_declarator: "=" },
  literals: words(""),
  opaque: words("method_invocation"),
  imports: words("import_declaration"),
  specifiers: words(""),
  fields: { field_declaration: ANYWHERE },
  arms: words("switch_rule switch_block_statement_group"),
  calls: words("method_invocation object_creation_expression"),
  suppressions: each("annotation", SUPPRESSION),
};
