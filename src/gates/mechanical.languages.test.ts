/** What is good and bad in each language, one line of an example at a time; and laws that hold in all of them. */
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import fc from "fast-check";
import { codes, judged, type Judging } from "../../test/support/syntax.ts";

interface Example {
  readonly file: string;
  readonly text: string;
  readonly base?: Judging["base"];
  /** Replacements that are mechanical. */
  readonly good: readonly (readonly [from: string, to: string])[];
  /** Replacements that are not, and what they are. */
  readonly bad: readonly (readonly [from: string, to: string, code: string])[];
  /** A literal in a body, and an exported name. */
  readonly literal: string;
  readonly exported: string;
  /** Text with other white space that means the same. */
  readonly spaced: readonly (readonly [from: string, to: string])[];
}

const EXAMPLES: Readonly<Record<string, Example>> = {
  TypeScript: {
    file: "a.ts",
    text: 'import { q } from "./q.ts";\nexport class Shop {\n  open = true;\n  sell(item: string): number {\n    // @ts-expect-error old\n    q.log(item);\n    return price(item, 42);\n  }\n}\n',
    good: [["    // @ts-expect-error old\n", ""], ["{ q }", "{ q, r }"], ["  open = true;", "  open = true;\n  #till = 0;"], ["open = true", "open = false"], ["    return", "    console.error(item);\n    return"]],
    bad: [["sell(", "buy(", "renamed"], ["item: string", "item: number", "signature-changed parameters"], ["open = true;", "open = true;\n  close() {}", "declaration-added"], ["price(", "cost(", "not-mechanical replaced"]],
    literal: "42", exported: "Shop", spaced: [["{ q }", "{\n  q\n}"], ["price(item, 42)", "price(\n      item,\n      42,\n    )"]],
  },
  JSX: {
    file: "a.jsx",
    text: 'import { Box } from "./box.jsx";\nexport function Card({ title }) {\n  const open = false;\n  return <Box wide={true}>{/* eslint-disable-next-line */}<b>{title}</b></Box>;\n}\nexports.limit = 42;\n',
    good: [["open = false", "open = true"], ["wide={true}", "wide={false}"], ["{/* eslint-disable-next-line */}", ""], ["  return", '  console.debug("card", title);\n  return']],
    bad: [["Card(", "Tile(", "renamed"], ["{ title }", "{ title, x }", "signature-changed parameters"], ["exports.limit", "exports.max", "renamed"], ["<b>{title}</b>", "{title}", "not-mechanical replaced"]],
    literal: "42", exported: "Card", spaced: [["<Box wide={true}>", "<Box\n    wide={true}\n  >"]],
  },
  Python: {
    file: "src/a.py",
    text: 'import os\nfrom shop.items import a\n\n__all__ = ["sell"]\n\n\nclass Shop:\n    limit: int = 3\n\n\ndef sell(item: str, n: int = 1) -> int:\n    strict = False\n    os.x(item)  # noqa: F401\n    match n:\n        case 1: return 2\n    return {"n": 42}\n',
    base: { "src/shop/items.py": "", "src/shop/__init__.py": "", "pyproject.toml": '[project]\ndependencies = ["Some_Package>=1"]\n' },
    good: [["  # noqa: F401", ""], ["import os\n", "import os\nimport json\n"], ["import os\n", "import os\nfrom some_package import x\n"], ["import a\n", "import (a, b)\n"], ["limit: int = 3\n", "limit: int = 3\n    name: str = 'x'\n"], ["strict = False", "strict = True"], ["return 2", "return 3"], ['"n": 42', '"n": 42, "m": 1'], ["    match", '    logger.info("at %s", n, exc_info=True)\n    match']],
    bad: [["def sell", "def buy", "renamed"], ["n: int = 1", "n: int = 2", "signature-changed parameters"], ["-> int", "-> str", "signature-changed type"], ["limit: int", "limit: str", "signature-changed type"], ["limit: int", "max: int", "renamed"], ['["sell"]', '["sell", "x"]', "signature-changed rest"], ["import a\n", "import a as b\n", "not-mechanical import-changed"], ["import os\n", "import os\nimport left_pad\n", "new-dependency"], ["    match", "    launch()\n    match", "not-mechanical added"], ["    match", "    logger.info(launch())\n    match", "not-mechanical added"], ["\n\ndef sell", "\n\n@cache\ndef sell", "signature-changed rest"]],
    literal: "42", exported: "sell", spaced: [['{"n": 42}', '{\n        "n": 42,\n    }'], ["os.x(item)", "os.x( item )"]],
  },
  Rust: {
    file: "src/a.rs",
    text: 'use std::io;\n#[derive(Debug)]\n#[allow(dead_code)]\npub struct Shop { pub open: bool }\npub fn sell(item: &str, n: u8) -> Shop {\n    let strict = false;\n    match n { 1 => x("a"), _ => y(true) }\n    let k = 42;\n    Shop { open: true }\n}\n',
    base: { "Cargo.toml": '[package]\nname = "own"\n[dependencies]\nserde-json = "1"\n' },
    good: [["#[allow(dead_code)]\n", ""], ["use std::io;\n", "use std::io;\nuse serde_json::Value;\n"], ["use std::io;", "use std::{io, fs};"], ["pub open: bool", "pub open: bool, till: u32"], ["open: true", "open: true, till: 0"], ["strict = false", "strict = true"], ["    let k", '    log::info!("at {}", n);\n    let k'], ["1 => x", "2 => x"]],
    bad: [["fn sell", "fn buy", "renamed"], ["n: u8", "n: u16", "signature-changed parameters"], ["-> Shop", "-> u8", "signature-changed type"], ["open: bool", "open: u8", "signature-changed type"], ["#[derive(Debug)]\n", "", "signature-changed rest"], ["use std::io;", "use std::fs;", "not-mechanical import-changed"], ["use std::io;\n", "use std::io;\nuse left_pad::x;\n", "new-dependency"], ["    let k", '    info!("{}", launch(n));\n    let k', "not-mechanical added"], ["Shop { open: true }\n", "Shop { open: true };\n", "not-mechanical replaced"], ["pub fn sell", "mod inner;\npub fn sell", "declaration-added"]],
    literal: "42", exported: "sell", spaced: [["Shop { open: true }\n", "Shop {\n        open: true,\n    }\n"]],
  },
  Go: {
    file: "a.go",
    text: 'package shop\n\nimport "fmt"\n\ntype Shop struct {\n\tOpen bool\n}\n\nfunc Sell(item string, n int) (int, error) {\n\tstrict := false\n\tfmt.Println(item, strict) //nolint:errcheck\n\tswitch n {\n\tcase 1:\n\t\treturn 2, nil\n\t}\n\ts := Shop{Open: true}\n\treturn s.Count(42), nil\n}\n',
    base: { "go.mod": "module example.com/own\n\nrequire (\n\tgithub.com/pkg/errors v0.9.1\n)\n" },
    good: [[" //nolint:errcheck", ""], ['import "fmt"\n', 'import "fmt"\nimport "os"\n'], ['import "fmt"\n', 'import "fmt"\nimport "github.com/pkg/errors"\n'], ['import "fmt"\n', 'import "fmt"\nimport "example.com/own/x"\n'], ["\tOpen bool\n", "\tOpen bool\n\tTill int\n"], ["Open: true", "Open: true, Till: 1"], ["strict := false", "strict := true"], ["\tswitch", '\tlog.Printf("at %d", n)\n\tswitch'], ["case 1:", "case 2:"]],
    bad: [["func Sell", "func Buy", "renamed"], ["n int", "n string", "signature-changed parameters"], ["(int, error)", "(int, bool)", "signature-changed type"], ["Open bool", "Open int", "signature-changed type"], ["Open bool", "Shut bool", "renamed"], ['import "fmt"', 'import f "fmt"', "not-mechanical import-changed"], ['import "fmt"\n', 'import "fmt"\nimport "github.com/left/pad"\n', "new-dependency"], ["\tswitch", '\tlog.Fatalf("x")\n\tswitch', "not-mechanical added"]],
    literal: "42", exported: "Sell", spaced: [["Shop{Open: true}", "Shop{\n\t\tOpen: true,\n\t}"]],
  },
  Java: {
    file: "src/own/shop/Shop.java",
    text: 'package own.shop;\nimport java.util.List;\nimport own.shop.Item;\npublic class Shop {\n  private boolean open = true;\n  @SuppressWarnings("unchecked")\n  public int sell(String item, int n) {\n    switch (n) { case 1 -> f(); default -> g(); }\n    return price(item, 42);\n  }\n}\n',
    good: [['  @SuppressWarnings("unchecked")\n', ""], ["import java.util.List;\n", "import java.util.List;\nimport java.util.Map;\n"], ["open = true;", "open = true;\n  private int till;"], ["open = true", "open = false"], ["    return", '    logger.warn("at {}", n);\n    return'], ["case 1 ->", "case 2 ->"]],
    bad: [["sell(", "buy(", "renamed"], ["int n", "long n", "signature-changed parameters"], ["public int sell", "public long sell", "signature-changed type"], ["boolean open", "int open", "signature-changed type"], ["public int sell", "int sell", "signature-changed rest"], ["import java.util.List;", "import java.util.Set;", "not-mechanical import-changed"], ["import java.util.List;\n", "import java.util.List;\nimport com.left.Pad;\n", "new-dependency"], ["    return", "    launch();\n    return", "not-mechanical added"]],
    literal: "42", exported: "sell", spaced: [["price(item, 42)", "price(\n        item, 42)"]],
  },
  "C#": {
    file: "Shop.cs",
    text: 'using System;\nnamespace Own;\npublic class Shop {\n  private bool _open = true;\n  [SuppressMessage("a", "b")]\n  public int Sell(string item, int n) {\n    var k = n switch { 1 => true, _ => false };\n    return Price(item, 42);\n  }\n}\n',
    good: [['  [SuppressMessage("a", "b")]\n', ""], ["using System;\n", "using System;\nusing System.Linq;\n"], ["_open = true;", "_open = true;\n  private int _till;"], ["_open = true", "_open = false"], ["    return", '    _logger.LogInformation("at {N}", n);\n    return'], ["1 => true", "2 => true"]],
    bad: [["Sell(", "Buy(", "renamed"], ["int n", "long n", "signature-changed parameters"], ["public int Sell", "public long Sell", "signature-changed type"], ["bool _open", "int _open", "signature-changed type"], ["using System;\n", "using System;\nusing Left.Pad;\n", "new-dependency"], ["Price(", "Cost(", "not-mechanical replaced"]],
    literal: "42", exported: "Sell", spaced: [["Price(item, 42)", "Price(\n      item, 42)"]],
  },
  "C++": {
    file: "shop.cpp",
    text: '#include <vector>\n#include "own.h"\nclass Shop {\n public:\n  int till = 1;\n  int sell(int n) const;\n};\nint Shop::sell(int n) const {\n  bool strict = false; // NOLINT\n  switch (n) { case 1: return 2; }\n  return price(n, 42);\n}\n',
    good: [[" // NOLINT", ""], ['#include "own.h"\n', '#include "own.h"\n#include "other.h"\n'], ["  int till = 1;\n", "  int till = 1;\n  bool open = true;\n"], ["strict = false", "strict = true"], ["  return price", '  spdlog::info("at {}", n);\n  return price'], ["case 1:", "case 2:"]],
    bad: [["int Shop::sell", "int Shop::buy", "renamed"], ["sell(int n) const;", "sell(long n) const;", "signature-changed parameters"], ["int till", "long till", "signature-changed type"], ["  int sell(int n) const;\n", "", "declaration-deleted"], ["#include <vector>\n", "#include <vector>\n#include <openssl/ssl.h>\n", "new-dependency"], ["price(n", "cost(n", "not-mechanical replaced"]],
    literal: "42", exported: "Shop::sell", spaced: [["price(n, 42)", "price(\n      n, 42)"]],
  },
  Ruby: {
    file: "lib/shop.rb",
    text: 'require "json"\nmodule Own\n  class Shop\n    LIMIT = 3\n    attr_reader :open\n    def sell(item, n = 1) # rubocop:disable Style/X\n      strict = false\n      case n\n      when 1 then true\n      end\n      price(item, n: 42)\n    end\n  end\nend\n',
    good: [[" # rubocop:disable Style/X", ""], ['require "json"\n', 'require "json"\nrequire_relative "x"\n'], ["n: 42", "n: 42, m: 1"], ["strict = false", "strict = true"], ["      case n", '      logger.info("at #{n}")\n      case n'], ["when 1 then", "when 2 then"]],
    bad: [["def sell", "def buy", "renamed"], ["n = 1", "n = 2", "signature-changed parameters"], ["class Shop", "class Stall", "renamed"], ["attr_reader :open", "attr_reader :shut", "declaration-deleted"], ['require "json"\n', 'require "json"\nrequire "left_pad"\n', "new-dependency"], ["      case n", "      launch\n      case n", "not-mechanical added"], ["price(", "cost(", "not-mechanical replaced"]],
    literal: "42", exported: "sell", spaced: [["price(item, n: 42)", "price(\n        item,\n        n: 42)"]],
  },
  PHP: {
    file: "src/Shop.php",
    text: '<?php\nnamespace Own;\nuse Own\\Item;\nclass Shop {\n  private bool $open = true;\n  public function sell(string $item, int $n = 1): int {\n    // @phpstan-ignore-next-line\n    $k = match($n) { 1 => true, default => false };\n    return price($item, ["n" => 42]);\n  }\n}\n',
    good: [["    // @phpstan-ignore-next-line\n", ""], ["use Own\\Item;\n", "use Own\\Item;\nuse Own\\Till;\n"], ["$open = true;", "$open = true;\n  private int $till = 0;"], ["$open = true", "$open = false"], ["    return", '    $this->logger->info("at", [$n]);\n    return'], ['"n" => 42', '"n" => 42, "m" => 1'], ["{ 1 => true", "{ 2 => true"]],
    bad: [["sell(", "buy(", "renamed"], ["$n = 1", "$n = 2", "signature-changed parameters"], ["): int", "): string", "signature-changed type"], ["bool $open", "int $open", "signature-changed type"], ["use Own\\Item;\n", "use Own\\Item;\nuse Left\\Pad;\n", "new-dependency"], ["return price", "return cost", "not-mechanical replaced"]],
    literal: "42", exported: "sell", spaced: [["price($item,", "price(\n      $item,"]],
  },
};

/** Word characters that make a new name of any name. */
const suffix = fc.stringMatching(/^[a-z]{1,6}$/).map((letters) => `Q${letters}`);

for (const [language, { file, text, base = {}, good, bad, literal, exported, spaced }] of Object.entries(EXAMPLES)) {
  const says = async (from: string, to: string, level: Judging["level"] = "mechanical"): Promise<string[]> => {
    assert.ok(text.includes(from), `${from} stands in the example`);
    return codes(await judged(file, text, text.replaceAll(from, () => to), { base, level }));
  };

  suite(language, () => {
    test("GOOD: mechanical, and so local", async () => {
      for (const [from, to] of good) for (const level of ["mechanical", "local"] as const) assert.deepEqual(await says(from, to, level), [], `${level}: ${from} → ${to}`);
    });

    test("BAD: refused as what it is", async () => {
      for (const [from, to, code] of bad) assert.deepEqual((await says(from, to)).slice(0, 1), [code], `${from} → ${to}`);
    });

    test("white space is nothing", async () => {
      for (const [from, to] of spaced) assert.deepEqual(await says(from, to), [], `${from} → ${to}`);
    });

    test("a literal in a body is never a signature, and an exported name always is", async () => {
      await fc.assert(fc.asyncProperty(fc.nat(), async (number) => {
        assert.deepEqual(await says(literal, String(number), "local"), []);
        assert.deepEqual((await says(literal, String(number))).filter((code) => !code.startsWith("not-mechanical")), []);
      }), { numRuns: 15 });
      await fc.assert(fc.asyncProperty(suffix, fc.constantFrom("mechanical" as const, "local" as const), async (end, level) => {
        assert.notDeepEqual((await says(exported, exported + end, level)).filter((code) => /^(?:renamed|declaration-deleted)/.test(code)), []);
      }), { numRuns: 15 });
    });
  });
}

test("what is mechanical is local: whatever is taken out of a text, or put in twice", async () => {
  const files = Object.values(EXAMPLES);
  const change = fc.record({ at: fc.nat(), length: fc.integer({ min: 0, max: 12 }), example: fc.constantFrom(...files), twice: fc.boolean() });
  await fc.assert(fc.asyncProperty(change, async ({ at, length, example: { file, text, base = {} }, twice }) => {
    const start = at % text.length;
    const piece = text.slice(start, start + length);
    const after = text.slice(0, start) + (twice ? piece + piece : "") + text.slice(start + length);
    if (after === text) return;
    const [tight, loose] = [await judged(file, text, after, { base }), await judged(file, text, after, { base, level: "local" })];
    if (tight.length === 0) assert.deepEqual(loose, []);
  }), { numRuns: 300 });
});
