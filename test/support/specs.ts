/** Plans as people write them, one in each format, for the readers' tests. Written for these tests. */
import type { Project } from "../../src/domain/plugin.ts";

export type SpecFiles = Readonly<Record<string, string>>;

export function specProject(files: SpecFiles): Pick<Project, "files" | "readText"> {
  return { files: Object.keys(files).sort(), readText: (path) => Promise.resolve(Object.hasOwn(files, path) ? files[path] : undefined) };
}

export const CHECKBOXES: SpecFiles = {
  "docs/specs/shop.md": `---
title: A shop
status: ready
---
# Shop

Prices are whole cents.

## Catalogue

- [x] Read the catalogue from \`data/catalogue.json\`
- [ ] Find an article by its name in \`src/search.ts\`
  - Case does not count.
  - Acceptance: \`find("TEA")\` finds tea
- [ ] **Sort** the articles by price

## Basket

1. [ ] A basket in \`src/basket.ts\`
2. [ ] Its total
   1. [ ] without discount
   2. [ ] with discount (depends on 2)
`,
};

export const SPEC_KIT: SpecFiles = {
  "specs/001-alarm/spec.md": "# Feature Specification: Alarm\n\n- **FR-001**: It MUST ring.\n",
  "specs/001-alarm/plan.md": "# Implementation Plan: Alarm\n\n**Language/Version**: TypeScript\n",
  "specs/001-alarm/tasks.md": `---
description: "Tasks of the alarm"
---

# Tasks: Alarm

**Input**: Design documents from \`/specs/001-alarm/\`

## Phase 1: Setup (Shared Infrastructure)

- [x] T001 Create the folders per the plan
- [ ] T002 [P] Configure the linter in eslint.config.js
- [ ] T003 [P] Configure the formatter

## Phase 2: Foundational

- [ ] T004 The clock in src/clock.ts

## Phase 3: User Story 1 - It rings (Priority: P1) 🎯 MVP

**Goal**: An alarm rings.

**Independent Test**: Set an alarm for now and hear it.

### Tests for User Story 1

- [ ] T005 [P] [US1] Contract test in tests/ring.test.ts

### Implementation for User Story 1

- [ ] T006 [P] [US1] The bell in src/bell.ts
- [ ] T007 [US1] The alarm in
      \`src/alarm.ts\` (depends on T005, T006)

**Checkpoint**: Story 1 works.

---

## Phase 4: User Story 2 - It snoozes (Priority: P2)

- [ ] T008 [US2] Snooze in src/snooze.ts

## Phase 5: Polish

- [ ] T009 Describe it in docs/alarm.md

## Dependencies & Execution Order

- **User Stories**: all depend on Phase 2
`,
};

export const KIRO: SpecFiles = {
  ".kiro/specs/upload/requirements.md": `# Requirements

## Requirements

### Requirement 1

**User Story:** As a user, I want to upload, so that others see it.

#### Acceptance Criteria

1. WHEN a file is sent THEN the system SHALL keep it
2. IF it is too large THEN the system SHALL refuse it

### Requirement 2

#### Acceptance Criteria

1. WHEN two have one name THEN both SHALL be kept
`,
  ".kiro/specs/upload/design.md": "# Design\n\nFiles go to `uploads/`.\n",
  ".kiro/specs/upload/tasks.md": `# Implementation Plan

- [x] 1. Set up the project
 - Create the folder structure
 - _Requirements: 1.1_

- [ ] 2. Keep uploads
  - [ ] 2.1 Write the store in src/store.ts
    - Refuse what is too large
    - _Requirements: 1.2, 2_
  - [ ]* 2.2 Write property tests for the store
    - **Property 1: names stay apart**
    - **Validates: Requirements 2.1**
- [ ] 3. Checkpoint: all tests pass
`,
};

export const OPENSPEC: SpecFiles = {
  "openspec/changes/add-search/proposal.md": "# Change: add search\n\n## Why\nNobody finds anything.\n",
  "openspec/changes/add-search/specs/search/spec.md": "## ADDED Requirements\n\n### Requirement: Search\nThe system SHALL search.\n\n#### Scenario: found\n- **WHEN** a word is there\n- **THEN** it is shown\n",
  "openspec/changes/add-search/tasks.md": "## 1. Implementation\n\n- [ ] 1.1 An index in src/index-of-words.ts\n- [ ] 1.2 The query\n\n## 2. Verification\n\n- [ ] 2.1 Tests\n",
  "openspec/changes/archive/2025-01-02-old/tasks.md": "## 1. Old\n\n- [ ] 1.1 Never built\n",
};

export const TASK_MASTER: SpecFiles = {
  ".taskmaster/state.json": '{ "currentTag": "feature" }\n',
  ".taskmaster/tasks/tasks.json": `${JSON.stringify(
    {
      master: { tasks: [{ id: 1, title: "Not this tag", status: "pending", dependencies: [] }], metadata: {} },
      feature: {
        tasks: [
          { id: 1, title: "Set up", description: "The base", details: "In src/base.ts", testStrategy: "It starts", status: "done", dependencies: [], priority: "high" },
          {
            id: 2,
            title: "Sign in",
            description: "With a password",
            details: "See src/auth/sign-in.ts",
            testStrategy: "A wrong one is refused",
            status: "pending",
            dependencies: [1],
            subtasks: [
              { id: 1, title: "Hash", description: "", details: "", status: "pending", dependencies: [] },
              { id: 2, title: "Compare", description: "", details: "", status: "pending", dependencies: [1] },
            ],
          },
          { id: 3, title: "Sign out", description: "", details: "", testStrategy: "", status: "pending", dependencies: [2, "1"] },
          { id: 4, title: "Later", description: "", status: "deferred", dependencies: [] },
        ],
        metadata: { description: "x" },
      },
    },
    null,
    2,
  )}\n`,
};

/** By reader, the files and the one that has the tasks. */
export const SPECS: Readonly<Record<string, { readonly files: SpecFiles; readonly file: string }>> = {
  "checkbox-markdown": { files: CHECKBOXES, file: "docs/specs/shop.md" },
  "spec-kit": { files: SPEC_KIT, file: "specs/001-alarm/tasks.md" },
  kiro: { files: KIRO, file: ".kiro/specs/upload/tasks.md" },
  openspec: { files: OPENSPEC, file: "openspec/changes/add-search/tasks.md" },
  "task-master": { files: TASK_MASTER, file: ".taskmaster/tasks/tasks.json" },
};
