/** C#, by the names of its tree-sitter grammar. */
import { ANYWHERE, each, words, type Grammar } from "../grammar.ts";

export const csharp: Grammar = {
  declarations: {
    ...each("method_declaration operator_declaration conversion_operator_declaration", { as: "method", name: "name" }),
    ...each("constructor_declaration destructor_declaration", { as: "constructor", name: "name" }),
    ...each("class_declaration record_declaration struct_declaration", { as: "class", name: "name", inside: true }),
    ...each("interface_declaration", { as: "interface", name: "name", inside: true }),
    ...each("enum_declaration", { as: "enum", name: "name", inside: true }),
    ...each("enum_member_declaration", { as: "variant", name: "name" }),
    ...each("property_declaration event_declaration", { as: "field", name: "name" }),
    ...each("indexer_declaration", { as: "field" }),
    ...each("field_declaration event_field_declaration", { as: "field", name: "variable_declaration.variable_declarator.name" }),
    ...each("delegate_declaration", { as: "delegate", name: "name" }),
    ...each("namespace_declaration file_scoped_namespace_declaration", { as: "namespace", name: "name", inside: true }),
  },
  around: words(""),
  before: words(""),
  functions: words("lambda_expression anonymous_method_expression"),
  bodies: words("block declaration_list enum_member_declaration_list arrow_expression_clause"),
  values: { variable_declarator: "=", property_declaration: "=" },
  literals: words(""),
  opaque: words("invocation_expression object_creation_expression"),
  imports: words("using_directive"),
  specifiers: words(""),
  fields: { field_declaration: ANYWHERE, property_declaration: ANYWHERE, assignment_expression: /^initializer_expression$/ },
  arms: words("switch_section switch_expression_arm"),
  calls: words("invocation_expression object_creation_expression"),
  suppressions: { attribute_list: /^\[\s*(?:\w+\s*:\s*)?(?:\w+\.)*(?:Unconditional)?SuppressMessage\b/, preproc_pragma: /^#\s*pragma\s+warning\s+(?:disable|restore)\b/ },
};
