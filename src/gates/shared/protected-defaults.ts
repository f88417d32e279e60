/**
 * The paths that define what checks measure, and the tests, protected in every project (validators add their own).
 * A proposal that could change these could turn any check green. Data only; the gate `protected` matches them.
 */

const CODE = "{ts,tsx,mts,cts,js,jsx,mjs,cjs,vue,svelte,py,rs,go}";

/** Scripts, dependencies, compiler, lint and test configuration, CI. Without a slash: at any depth. */
export const CHECK_DEFINITIONS: readonly string[] = [
  // Packages and what is installed
  "package.json", "package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock", "bun.lockb",
  "pnpm-workspace.yaml", ".npmrc", ".yarnrc", ".yarnrc.yml", ".pnpmfile.*", "bunfig.toml", "deno.{json,jsonc,lock}",
  ".nvmrc", ".node-version", ".tool-versions", "lerna.json", "nx.json", "turbo.json", "rush.json",
  // Compilers
  "tsconfig*.json", "jsconfig*.json", "babel.config.*", ".babelrc*", ".swcrc",
  // Linters, formatters, structure
  "eslint.config.*", ".eslintrc*", ".eslintignore", ".oxlintrc*", "oxlint.config.*", "biome.json", "biome.jsonc",
  ".prettierrc*", "prettier.config.*", ".prettierignore", ".editorconfig", ".dependency-cruiser.*", "knip.*",
  "lint-staged.config.*", ".lintstagedrc*", "lefthook.{yml,yaml}", ".husky/**", "stet.config.json",
  // Test runners
  "vitest.config.*", "vitest.workspace.*", "vitest.setup.*", "vite.config.*", "jest.config.*", "jest.setup.*",
  "setupTests.*", "playwright.config.*", "cypress.config.*", ".mocharc*", "ava.config.*", "karma.conf.*",
  ".nycrc*", ".c8rc*",
  // Other languages
  "pyproject.toml", "setup.cfg", "tox.ini", "pytest.ini", "mypy.ini", "ruff.toml", ".ruff.toml", "pyrightconfig.json",
  "requirements*.txt", "poetry.lock", "uv.lock", "Cargo.toml", "Cargo.lock", "clippy.toml", ".clippy.toml",
  "rust-toolchain*", "go.mod", "go.sum", "Makefile",
  // Continuous integration
  ".github/**", ".gitlab-ci.yml", ".gitlab/**", ".circleci/**", ".buildkite/**", ".ci/**", ".travis.yml", ".drone.yml",
  "azure-pipelines.yml", ".azure-pipelines/**", "bitbucket-pipelines.yml", "appveyor.yml", ".appveyor.yml", "Jenkinsfile",
];

/**
 * Tests by their names. What holds tests together (`conftest.py`, snapshots, mocks) is not among them: one that is new can
 * change what is there.
 */
export const NEW_TESTS: readonly string[] = [
  "*.{test,spec,test-d,cy,e2e}.*",
  `**/{test,tests,e2e}/**/*.${CODE}`,
  "test_*.py", "*_test.py", "*_test.go",
];

/** Tests, what they are held against, and what stands in for code in them. */
export const TESTS: readonly string[] = [
  "*.{test,spec,test-d,cy,e2e}.*",
  `**/{test,tests,e2e}/**/*.${CODE}`,
  "**/{__tests__,__mocks__}/**",
  "**/__snapshots__/**",
  "*.snap",
  "test_*.py", "*_test.py", "conftest.py", "*_test.go",
];
