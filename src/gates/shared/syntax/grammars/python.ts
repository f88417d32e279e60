/** Python, by the names of its tree-sitter grammar. */
import { ANYWHERE, words, type Grammar } from "../grammar.ts";

export const python: Grammar = {
  declarations: {
    function_definition: { as: "function", name: "name" },
    class_definition: { as: "class", name: "name", inside: true },
    assignment: { as: "variable", name: "left" },
    type_alias_statement: { as: "type", name: "left" },
  },
  around: words("decorated_definition"),
  before: words(""),
  functions: words("lambda"),
  bodies: words("block"),
  values: { assignment: "=" },
  literals: words(""),
  opaque: words("call"),
  imports: words("import_statement import_from_statement future_import_statement"),
  specifiers: words(":name wildcard_import"),
  fields: { pair: ANYWHERE, expression_statement: /^class_definition$/ },
  arms: words("case_clause"),
  calls: words("call"),
  suppressions: {},
};
