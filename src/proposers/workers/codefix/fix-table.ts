/**
 * Every code fix that the pinned TypeScript registers, with its rank among the fixes of one finding (0 is tried first)
 * and how far it is to be trusted. A test fails when TypeScript knows one that is not here.
 */
import type { RawEdit } from "./protocol.ts";

export interface Row {
  readonly rank: number;
  readonly safety: "safe" | "unsafe" | "display";
  /** Why it is for display only. */
  readonly caution?: "stub" | "assertion";
  /** The code it deletes is proven never to run, so a call in it is not live. */
  readonly dead?: true;
}

/** Kinds that are never proposed, each with the reason. */
export const EXCLUDED: Readonly<Record<string, string>> = {
  disableJsDiagnostics: "hides the error by a comment",
  fixCannotFindModule: "installs a package",
  installTypesPackage: "installs a package",
  fixEnableJsxFlag: "changes the check's own configuration",
  fixModuleOption: "changes the check's own configuration",
  fixTargetOption: "changes the check's own configuration",
  convertFunctionToEs6Class: "a refactoring that no error asks for",
  convertToAsyncFunction: "a refactoring that no error asks for",
  convertToEsModule: "a refactoring that no error asks for",
  convertTypedefToType: "a refactoring that no error asks for",
  annotateWithTypeFromJSDoc: "a refactoring that no error asks for",
};

/** What is there under another name, in another module, or short of a keyword: the code says itself what is meant. */
const MECHANICAL = rows({ rank: 0, safety: "safe" }, [
  "import", "fixMissingImport", "fixOverrideModifier", "fixAddOverrideModifier", "fixRemoveOverrideModifier",
  "convertToTypeOnlyImport", "convertToTypeOnlyExport", "splitTypeOnlyImport", "addMissingResolutionModeImportAttribute",
  "addMissingNewOperator", "addMissingDeclareProperty", "forgottenThisPropertyAccess", "fixNaNEquality",
  "fixPropertyAssignment", "extendsInterfaceBecomesImplements", "fixIncorrectNamedTupleSyntax", "fixExpectedComma",
  "useBigintLiteral", "correctQualifiedNameToIndexedAccessType", "convertLiteralTypeToMappedType",
  "fixConvertToMappedObjectType", "fixAddModuleReferTypeMissingTypeof", "wrapDecoratorInParentheses",
  "wrapJsxInFragment", "fixInvalidJsxCharacters_expression", "fixInvalidJsxCharacters_htmlEntity",
  "fixNoPropertyAccessFromIndexSignature", "fixMissingTypeAnnotationOnExports", "fixUnreferenceableDecoratorMetadata",
  "jdocTypes", "fixJSDocTypes_plain", "fixJSDocTypes_nullable", "addNameToNamelessParameter",
  "deleteUnmatchedParameter", "renameUnmatchedParameter", "useDefaultImport", "fixUnusedLabel", "removeUnnecessaryAwait",
]);

/** Deletions of what nothing uses; calls that go with it make it display-only (see `live-code.ts`). */
const DELETIONS = rows({ rank: 10, safety: "safe" }, [
  "unusedIdentifier", "unusedIdentifier_delete", "unusedIdentifier_deleteImports", "unusedIdentifier_infer",
]);
/** A parameter keeps its place for the callers: the underscore comes before the deletion, and is offered for little else. */
const PREFIX = rows({ rank: 5, safety: "safe" }, ["unusedIdentifier_prefix"]);

/** Good guesses that change what runs. */
const GUESSES = rows({ rank: 20, safety: "unsafe" }, [
  "spelling", "fixSpelling", "addMissingAwait", "addMissingAwaitToInitializer", "fixMissingCallParentheses",
  "removeAccidentalCallParentheses", "addMissingInvocationForDecorator", "returnValueCorrect", "fixAddReturnStatement",
  "fixRemoveBracesFromArrowFunctionBody", "fixWrapTheBlockWithParen", "constructorForDerivedNeedSuperCall",
  "classSuperMustPrecedeThisAccess", "fixImplicitThis", "fixConvertConstToLet", "addMissingConst", "addVoidToPromise",
  "fixPropertyOverrideAccessor", "requireInTs", "invalidImportSyntax", "addEmptyExportDeclaration",
]);

/** They change what other code sees: signatures, types, members, exports. */
const FACES = rows({ rank: 30, safety: "unsafe" }, [
  "fixImportNonExportedMember", "addMissingAsync", "fixAwaitInSyncFunction", "fixReturnTypeInAsyncFunction",
  "addMissingConstraint", "addOptionalPropertyUndefined", "addMissingPropertyUndefinedType", "inferFromUsage",
  "fixMissingMember", "addOptionalParam", "addMissingParam",
]);

const UNREACHABLE: Record<string, Row> = { fixUnreachableCode: { rank: 20, safety: "unsafe", dead: true } };

/** They silence the checker by a claim that nobody proved. */
const ASSERTIONS = rows({ rank: 80, safety: "display", caution: "assertion" }, [
  "addConvertToUnknownForNonOverlappingTypes", "addMissingPropertyDefiniteAssignmentAssertions",
]);

/** They type-check because they hold an empty body or a made-up value. */
const STUBS = rows({ rank: 90, safety: "display", caution: "stub" }, [
  "fixMissingFunctionDeclaration", "fixClassIncorrectlyImplementsInterface",
  "fixClassDoesntImplementInheritedAbstractMember", "fixMissingProperties", "fixMissingAttributes",
  "addMissingPropertyInitializer", "strictClassInitialization",
]);

export const TABLE: ReadonlyMap<string, Row> = new Map(
  Object.entries({
    ...MECHANICAL, ...DELETIONS, ...PREFIX, ...GUESSES, ...FACES, ...UNREACHABLE, ...ASSERTIONS, ...STUBS,
  }),
);

/** The body that TypeScript gives to functions and methods it makes up. */
const STUB_BODY = /throw new Error\((["'])[^"'\n]* not implemented\.\1\)/;

export function isStub(edits: readonly RawEdit[]): boolean {
  return edits.some(({ after }) => STUB_BODY.test(after));
}

/**
 * The row's name for a fix. TypeScript leaves the fix-all id out where a file has but one such error, and some names
 * stand for several kinds of change; those are told apart by what they do to the text.
 */
export function kindOf(fixName: string, fixId: string | undefined, edits: readonly RawEdit[]): string {
  if (fixId !== undefined) return fixId;
  const inserted = edits.map(({ after }) => after);
  if (fixName === "unusedIdentifier" && inserted.every((text) => text === "_")) return "unusedIdentifier_prefix";
  if (fixName !== "strictClassInitialization") return fixName;
  if (inserted.every((text) => text.startsWith("!"))) return "addMissingPropertyDefiniteAssignmentAssertions";
  return inserted.every((text) => /\|\s*undefined;?$/.test(text)) ? "addMissingPropertyUndefinedType" : fixName;
}

function rows(row: Row, kinds: readonly string[]): Record<string, Row> {
  return Object.fromEntries(kinds.map((kind) => [kind, row]));
}
