/**
 * A call that only writes a line to a log: through `console`, a logger or a log macro, with nothing among its arguments
 * that does anything. `log.Fatal` ends the process and `logger.setLevel` changes it, so the method is looked at as well.
 */
import type { SyntaxNode, SyntaxTree } from "../../../domain/syntax.ts";
import { GRAMMARS } from "./grammars/index.ts";
import { isLeaf, isSeparator, some } from "./nodes.ts";

const RECEIVER = String.raw`(?:(?:this|self|cls|\$this|@?[A-Za-z_]\w*)\s*(?:\.|->|::)\s*){0,4}_{0,2}(?:console|log|logger|logging|slog|tracing|spdlog|glog|klog)`;
const LEVEL = String.raw`(?:trace|debug|info|information|notice|warn|warning|error|critical|exception|verbose|print)`;
const METHOD = String.raw`(?:${LEVEL}(?:f|ln|w|context)?|log(?:${LEVEL})?)`;
const LOGGER = new RegExp(String.raw`^@?${RECEIVER}\s*(?:\.|->|::)\s*${METHOD}!?$`, "i");
/** Macros of Rust's log crates, and what PHP has without an object. */
const BARE = /^(?:trace|debug|info|warn|error|eprintln)!$|^error_log$/;

/** Calls that give a text of their arguments and do nothing else. */
const HARMLESS = /^(?:String|Number|Boolean|JSON\.stringify|str|repr|len|type|int|float|fmt\.Sprintf|format!|String\.format|string\.Format|nameof|json_encode)$|^[\w.$]+(?:\.|->|::)(?:toString|to_string|to_s|inspect|len|size|String|Error|Name|getMessage|ToString|toISOString|display|as_str)$/;
const ACTS: ReadonlySet<string> = new Set(["+=", "-=", "*=", "/=", "++", "--", "await", "yield", "delete", "new", "=>", ":=", "import", "??=", "||=", "&&=", "<<="]);

/** `statement`: a call, or a statement that is one and nothing more. */
export function isLogCall(statement: SyntaxNode, tree: SyntaxTree): boolean {
  const call = callIn(statement, tree);
  if (!call) return false;
  const [callee, inner] = parts(call, tree);
  return (LOGGER.test(callee) || BARE.test(callee)) && !inner.some((one) => acts(one, tree));
}

const STATEMENTS: ReadonlySet<string> = new Set(["ExpressionStatement", "expression_statement"]);

function callIn(node: SyntaxNode, { language }: SyntaxTree): SyntaxNode | undefined {
  if (GRAMMARS[language].calls.has(node.kind)) return node;
  const [only, second] = node.children.filter((child) => !isSeparator(child));
  return STATEMENTS.has(node.kind) && only && !second && GRAMMARS[language].calls.has(only.kind) ? only : undefined;
}

/** What is called, and what stands in its parentheses. */
function parts(call: SyntaxNode, { text }: SyntaxTree): [callee: string, inner: readonly SyntaxNode[]] {
  const at = call.children.findIndex(({ kind }) => ARGUMENTS.has(kind));
  const from = at < 0 ? call.children.length : at;
  const end = call.children[from - 1]?.end ?? call.start;
  return [text.slice(call.start, end).replace(/\s+/g, ""), call.children.slice(from)];
}

/** In TypeScript's tree the parenthesis stands in the call itself. */
const ARGUMENTS: ReadonlySet<string> = new Set(["(", "argument_list", "arguments", "token_tree"]);

function acts(argument: SyntaxNode, tree: SyntaxTree): boolean {
  return some(argument, (node) => {
    const { functions, calls } = GRAMMARS[tree.language];
    if (functions.has(node.kind) || isAssignment(node)) return true;
    if (isLeaf(node)) return ACTS.has(tree.text.slice(node.start, node.end));
    if (calls.has(node.kind)) return !HARMLESS.test(parts(node, tree)[0]);
    return node.kind === "token_tree" && node !== argument && !isMacroGroup(node);
  });
}

function isAssignment({ kind, children }: SyntaxNode): boolean {
  if (/assignment|named_expression/.test(kind)) return true;
  return kind === "BinaryExpression" && children.some((child) => child.kind === "=");
}

/** What a macro's parentheses hold is not parsed: a group in them may be a call, or a block. An index is none. */
function isMacroGroup({ children: [first] }: SyntaxNode): boolean {
  return first?.kind === "[";
}
