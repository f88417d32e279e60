/** C and C++, by the names of the tree-sitter grammar of C++. */
import { ANYWHERE, each, words, type Grammar } from "../grammar.ts";

export const cpp: Grammar = {
  declarations: {
    ...each("function_definition", { as: "function", name: "declarator.declarator" }),
    ...each("declaration", { as: "declaration", name: "declarator" }),
    ...each("field_declaration", { as: "field", name: "declarator" }),
    ...each("class_specifier struct_specifier union_specifier", { as: "class", name: "name", inside: true }),
    ...each("enum_specifier", { as: "enum", name: "name", inside: true }),
    ...each("enumerator", { as: "variant", name: "name" }),
    ...each("namespace_definition", { as: "namespace", name: "name", inside: true }),
    ...each("type_definition", { as: "type", name: "declarator", inside: true }),
    ...each("alias_declaration concept_definition", { as: "type", name: "name" }),
    ...each("preproc_def preproc_function_def", { as: "macro", name: "name" }),
  },
  around: words("template_declaration"),
  before: words("access_specifier"),
  functions: words("lambda_expression"),
  bodies: words("compound_statement field_declaration_list declaration_list enumerator_list field_initializer_list preproc_arg"),
  values: { init_declarator: "=", field_declaration: "=" },
  literals: words(""),
  opaque: words("call_expression"),
  imports: words("preproc_include using_declaration"),
  specifiers: words(""),
  fields: { field_declaration: ANYWHERE, initializer_pair: ANYWHERE },
  arms: words("case_statement"),
  calls: words("call_expression new_expression"),
  suppressions: { preproc_call: /^#\s*pragma\s+(?:GCC|clang)\s+diagnostic\s+ignored\b|^#\s*pragma\s+warning\s*\(\s*disable\b/ },
};
