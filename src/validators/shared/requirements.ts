/** What pyproject.toml requires, wherever its tools list that. */
import { z } from "zod";

export type Table = Readonly<Record<string, unknown>>;

const recordShape = z.record(z.string(), z.unknown());

export function record(value: unknown): Table | undefined {
  return recordShape.safeParse(value).data;
}

/** Where pyproject.toml lists requirements: PEP 621 and 735, and the tables of Poetry, PDM, uv and Hatch. */
export function requirementsIn(pyproject: Table): string[] {
  const project = record(pyproject["project"]);
  const tool = record(pyproject["tool"]);
  const poetry = record(tool?.["poetry"]);
  const groups = [poetry?.["group"], record(tool?.["hatch"])?.["envs"]].flatMap((one) => Object.values(record(one) ?? {}));
  const lists = [
    project?.["dependencies"],
    ...[project?.["optional-dependencies"], pyproject["dependency-groups"]].flatMap((one) => Object.values(record(one) ?? {})),
    ...Object.values(record(record(tool?.["pdm"])?.["dev-dependencies"]) ?? {}),
    record(tool?.["uv"])?.["dev-dependencies"],
    ...[poetry, ...groups.map(record)].flatMap((one) => [one?.["dependencies"], one?.["dev-dependencies"], one?.["extra-dependencies"]]),
  ];
  return lists.flatMap(namesIn);
}

/** A list of requirements, or a table with a key for each. */
function namesIn(list: unknown): string[] {
  if (Array.isArray(list)) return list.filter((one) => typeof one === "string");
  return Object.keys(record(list) ?? {});
}

/** The name of a requirement as PEP 503 writes it. */
export function nameOf(requirement: string): string {
  const [, name = ""] = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)/.exec(requirement) ?? [];
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}
