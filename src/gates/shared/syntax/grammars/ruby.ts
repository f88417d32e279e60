/** Ruby, by the names of its tree-sitter grammar. */
import { ANYWHERE, words, type Grammar } from "../grammar.ts";

export const ruby: Grammar = {
  declarations: {
    method: { as: "method", name: "name" },
    singleton_method: { as: "method", name: "name" },
    class: { as: "class", name: "name", inside: true },
    module: { as: "module", name: "name", inside: true },
    singleton_class: { as: "class", name: "value", inside: true },
    assignment: { as: "constant", name: "left", when: /^[A-Z]/ },
    call: { as: "declaration", when: /^(?:attr_(?:accessor|reader|writer)|include|extend|prepend|define_method|alias_method|delegate|private|protected|public)\b/ },
    alias: { as: "alias" },
  },
  around: words(""),
  before: words(""),
  functions: words("lambda do_block block"),
  bodies: words("body_statement :body"),
  values: { assignment: "=" },
  literals: words(""),
  opaque: words(""),
  imports: words("call"),
  specifiers: words(""),
  fields: { pair: ANYWHERE },
  arms: words("when in_clause"),
  calls: words("call"),
  suppressions: {},
};
