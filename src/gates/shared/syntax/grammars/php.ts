/** PHP, by the names of its tree-sitter grammar. */
import { ANYWHERE, each, words, type Grammar } from "../grammar.ts";

export const php: Grammar = {
  declarations: {
    ...each("function_definition", { as: "function", name: "name" }),
    ...each("method_declaration", { as: "method", name: "name" }),
    ...each("class_declaration", { as: "class", name: "name", inside: true }),
    ...each("interface_declaration", { as: "interface", name: "name", inside: true }),
    ...each("trait_declaration", { as: "trait", name: "name", inside: true }),
    ...each("enum_declaration", { as: "enum", name: "name", inside: true }),
    ...each("enum_case", { as: "variant", name: "name" }),
    ...each("property_declaration", { as: "field", name: "property_element.name" }),
    ...each("const_declaration", { as: "constant", name: "const_element.name" }),
    ...each("use_declaration", { as: "trait use" }),
    ...each("namespace_definition", { as: "namespace", name: "name", inside: true }),
  },
  around: words(""),
  before: words(""),
  functions: words("anonymous_function arrow_function anonymous_function_creation_expression"),
  bodies: words("compound_statement declaration_list enum_declaration_list"),
  values: { property_element: "=", const_element: "=" },
  literals: words(""),
  opaque: words("function_call_expression member_call_expression object_creation_expression"),
  imports: words("namespace_use_declaration"),
  specifiers: words("namespace_use_clause"),
  fields: { property_declaration: ANYWHERE, array_element_initializer: ANYWHERE },
  arms: words("match_conditional_expression match_default_expression case_statement default_statement"),
  calls: words("function_call_expression member_call_expression scoped_call_expression object_creation_expression nullsafe_member_call_expression"),
  suppressions: { attribute_group: /^#\[\s*\\?SuppressWarnings\b/ },
};
