/** Rust, by the names of its tree-sitter grammar. */
import { ANYWHERE, each, words, type Grammar } from "../grammar.ts";

const SUPPRESSION = /^#!?\s*\[\s*(?:allow|expect)\s*\(/;

export const rust: Grammar = {
  declarations: {
    ...each("function_item function_signature_item", { as: "function", name: "name" }),
    ...each("struct_item union_item", { as: "struct", name: "name", inside: true }),
    ...each("enum_item", { as: "enum", name: "name", inside: true }),
    ...each("trait_item", { as: "trait", name: "name", inside: true }),
    ...each("mod_item", { as: "module", name: "name", inside: true }),
    ...each("impl_item", { as: "impl", name: "type", inside: true }),
    ...each("enum_variant", { as: "variant", name: "name" }),
    ...each("field_declaration", { as: "field", name: "name" }),
    ...each("const_item static_item", { as: "variable", name: "name" }),
    ...each("type_item associated_type", { as: "type", name: "name" }),
    ...each("macro_definition", { as: "macro", name: "name" }),
    ...each("foreign_mod_item", { as: "module", inside: true }),
    ...each("use_declaration", { as: "export", when: /^pub\b/ }),
  },
  around: words(""),
  before: words("attribute_item"),
  functions: words("closure_expression"),
  bodies: words("block declaration_list field_declaration_list enum_variant_list"),
  values: each("const_item static_item", "="),
  literals: words(""),
  opaque: words("macro_invocation"),
  imports: words("use_declaration extern_crate_declaration"),
  specifiers: words(""),
  fields: { field_declaration: /^(?:struct_item|union_item)$/, field_initializer: ANYWHERE, shorthand_field_initializer: ANYWHERE },
  arms: words("match_arm"),
  calls: words("call_expression macro_invocation"),
  suppressions: each("attribute_item inner_attribute_item", SUPPRESSION),
};
