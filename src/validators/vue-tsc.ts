/**
 * The project's own `vue-tsc`, which type-checks Vue's components with everything that `tsc` would; it is called and
 * prints as `tsc` does. Has no oracle: the compilers that stay know no component.
 */
import type { Validator } from "../domain/plugin.ts";
import { readTsc, tscOptions, type Learnt } from "./shared/tsc-check.ts";
import { findTscProjects } from "./shared/tsc-projects.ts";
import { hasSuccessor } from "./shared/tsc-successors.ts";

export const validator: Validator = {
  name: "vue-tsc",
  summary: "Type-checks the project and its Vue components with its own `vue-tsc`, in place of `tsc`.",
  protects: ["**/tsconfig*.json", "**/jsconfig*.json"],
  program: { version: ["vue-tsc", "--version"], install: "npm install --save-dev vue-tsc" },
  options: tscOptions,
  async detect(project) {
    const found = (await hasSuccessor(project, "vue-tsc")) ? await findTscProjects(project) : undefined;
    if (!found) return [];
    const { projects, build } = found;
    return [{ name: "vue-tsc", use: "vue-tsc", projects, ...(build && { build }) }];
  },
  create(definition) {
    const learnt: Learnt = { needsOutput: false };
    return {
      definition,
      expense: 1,
      deterministic: true,
      read: (workspace, signal) => readTsc({ program: "vue-tsc", definition, learnt }, workspace, signal),
    };
  },
};
