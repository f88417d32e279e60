/**
 * The house's walls: who may import whom, type-only imports included. Each rule says why it is there, and
 * test/rooms.test.ts plants a violation of every rule and expects it to bite. Tests may import what they like.
 */
const TEST = "\\.test\\.ts$";
const PLUGIN_ROOMS = "(gates|validators|proposers|sources|specs|agents)";

/** The rooms in the order of ARCHITECTURE.md: what each may import besides itself, and why no more than that. */
const ROOMS = [
  ["domain", [], "The nouns are plain data and pure functions: everyone reads them, so they lean on nobody."],
  ["system", ["domain"], "The door outside does as it is told; it knows the nouns, never why it is asked."],
  ["gates", ["domain"], "A gate is pure and sees a proposal only: it cannot run anything, so it cannot be fooled by a run."],
  ["formats", ["domain"], "What tools write to one another (SARIF, rdjson) is read and written by pure functions, so that every room that meets it may share them."],
  ["report", ["domain", "formats"], "Wording is made from data that is handed over; a report that fetches could tell another story."],
  ["sources", ["domain", "system", "formats"], "A source turns one input format into findings; it knows nothing of fixing them."],
  ["specs", ["domain", "system"], "A spec reader turns one way of writing plans down into tasks; who does them, and how, it cannot know."],
  ["validators", ["domain", "system", "formats"], "A validator reads one tree; it must not know what is tried there, or it could be kind to it."],
  ["llm", ["domain", "system"], "A model client carries questions and answers; what they are about is the proposer's business."],
  ["agents", ["domain", "system", "llm"], "An agent works in a worktree that is handed to it; only the difference that it leaves there counts, and judging that is out of its reach."],
  ["review", ["domain", "system", "llm"], "A reviewer says what should change in a file; whether that is so, is for those to say who try it."],
  ["chunker", ["domain", "specs", "llm"], "A model that cuts a plan hands over tasks; what is built of them, and whether that stands, is for others to say."],
  ["proposers", ["domain", "system", "llm"], "A proposer suggests; judging (gates, trial) and landing are out of its reach."],
  ["trial", ["domain", "system"], "A trial measures proposals that are plain data, whoever made them; it never lands them."],
  ["land", ["domain", "system"], "Landing commits what a verdict names; it neither measures nor proposes."],
  ["ledger", ["domain", "system"], "The record writes down what happened; it takes no part in it."],
  ["engine", ["domain", "trial", "land", "ledger"], "The loop receives plug-ins as values and knows no concrete one, and goes outside through the rooms it runs."],
  ["commands", ["domain", "system", "gates", "formats", "report", "sources", "specs", "validators", "llm", "agents", "review", "chunker", "proposers", "trial", "land", "ledger", "engine"],
    "A command assembles the kit, so it may see every room; nothing leans on a command but the entry points."],
];

function roomRule([room, allowed, comment]) {
  return {
    name: `room-${room}`,
    comment,
    severity: "error",
    from: { path: `^src/${room}/`, pathNot: [TEST, "^src/(proposers|validators)/workers/"] },
    to: { path: "^src/", pathNot: `^src/(${[room, ...allowed].join("|")})/` },
  };
}

/** Node modules that reach outside the process. `path`, `crypto`, `util`, `timers` compute only, and are for everyone. */
const OUTSIDE = "^(node:)?(fs|child_process|https?|http2|net|tls|dgram|dns|cluster|worker_threads|sqlite|inspector|repl)(/|$)";

module.exports = {
  forbidden: [
    ...ROOMS.map(roomRule),
    {
      name: "entry-cli",
      comment: "The command line only hands over to commands: what it can do, a library user can do too.",
      severity: "error",
      from: { path: "^src/cli\\.ts$" },
      to: { path: "^src/", pathNot: "^src/commands/" },
    },
    {
      name: "entry-index",
      comment: "The library must not start the command line, which reads argv and ends the process.",
      severity: "error",
      from: { path: "^src/index\\.ts$" },
      to: { path: "^src/cli\\.ts$" },
    },
    {
      name: "workers-stand-alone",
      comment:
        "A worker runs as a program of its own beside the project's code, where the rest of stet has no business: it uses " +
        "the worker folder and the nouns. It may use fs and typescript, since the sandbox is what holds it.",
      severity: "error",
      from: { path: "^src/(proposers|validators)/workers/", pathNot: TEST },
      to: { path: "^src/", pathNot: "^src/(domain|proposers/workers|validators/workers)/" },
    },
    {
      name: "workers-by-protocol",
      comment:
        "A proposer starts its worker as a program and shares its protocol only; importing more would run a project's " +
        "compiler inside stet.",
      severity: "error",
      from: { path: "^src/", pathNot: [TEST, "^src/(proposers|validators)/workers/"] },
      to: { path: "^src/(proposers|validators)/workers/", pathNot: "/protocol\\.ts$" },
    },
    {
      name: "plugins-apart",
      comment: "A plug-in can be read, tested, added and removed alone; what two of them need lives in the room's shared/.",
      severity: "error",
      from: { path: `^src/${PLUGIN_ROOMS}/[^/]+\\.ts$`, pathNot: [TEST, "/index\\.ts$"] },
      to: { path: "^src/$1/[^/]+\\.ts$" },
    },
    {
      name: "shared-below-plugins",
      comment: "Shared code that knows a plug-in would tie the others to it.",
      severity: "error",
      from: { path: `^src/${PLUGIN_ROOMS}/shared/`, pathNot: TEST },
      to: { path: "^src/$1/[^/]+\\.ts$" },
    },
    {
      name: "outside-by-system",
      comment:
        "Files, processes and the network are reached through system/ alone, so a run can be replayed, contained and " +
        "killed at any instant in tests. Workers are programs of their own.",
      severity: "error",
      from: { path: "^src/", pathNot: [TEST, "^src/system/", "^src/(proposers|validators)/workers/"] },
      to: { dependencyTypes: ["core"], path: OUTSIDE },
    },
    {
      name: "no-circles",
      comment: "Files in a circle can only be understood together; type-only circles are no easier to read.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-tests-in-source",
      comment: "What ships must not need what is left at home.",
      severity: "error",
      from: { path: "^src/", pathNot: TEST },
      to: { path: [TEST, "^test/"] },
    },
    {
      name: "no-orphans",
      comment: "A file that no entry point and no worker leads to is dead, even where a test keeps it warm.",
      severity: "error",
      from: { path: ["^src/(cli|index)\\.ts$", "\\.worker\\.ts$"] },
      to: { path: "^src/", pathNot: [TEST, "^src/(cli|index)\\.ts$", "\\.worker\\.ts$"], reachable: false },
    },
    {
      name: "resolvable",
      comment: "An import that leads nowhere passes every other rule.",
      severity: "error",
      from: { path: "^src/" },
      to: { couldNotResolve: true },
    },
    {
      name: "declared",
      comment:
        "What ships uses only what package.json names for users, not what happens to be there. The packages of model " +
        "providers are optional peers: here for the tests as well, so they are of both kinds.",
      severity: "error",
      from: { path: "^src/", pathNot: TEST },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["npm-peer"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default", "types"] },
  },
};
