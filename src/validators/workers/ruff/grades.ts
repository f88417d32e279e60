/**
 * How far a fix of ruff's can be trusted, by its rule: the WebAssembly build gives edits without a grade. A rule stands
 * here where the source of ruff 0.17 makes its fixes with `Fix::safe_edit` alone (`crates/ruff_linter/src/rules`, commit
 * fca5c7cf); one that is safe in some places only is unsafe here, and so is every rule that is not named.
 */
import type { Safety } from "../../../domain/edit.ts";

const SAFE: ReadonlySet<string> = new Set([
  // Pyflakes
  ...["F541", "F632", "F811", "F901"],
  // pycodestyle
  ...["E204", "E301", "E302", "E303", "E304", "E305", "E306", "E401", "E703", "E713", "E714", "W292", "W391", "W605"],
  // pyupgrade
  ...["UP001", "UP003", "UP005", "UP009", "UP011", "UP012", "UP015", "UP019", "UP021", "UP023", "UP024", "UP025", "UP026"],
  ...["UP032", "UP034", "UP048", "UP051"],
  // Quotes, commas, and constructions that say the same
  ...["Q000", "Q001", "Q002", "Q003", "Q004", "COM812", "COM818", "COM819", "SIM117", "PIE800", "PIE807", "RUF021", "RUF031"],
]);

/**
 * An import that nobody uses can go (`unused_import.rs`), but in an `__init__.py`, where it may be what the package
 * offers: there a person has to say.
 */
export function gradeOf(code: string, file: string): Safety {
  if (code === "F401") return /(?:^|\/)__init__\.py$/.test(file) ? "display" : "safe";
  return SAFE.has(code) ? "safe" : "unsafe";
}
