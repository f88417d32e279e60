import parser from "@typescript-eslint/parser";

export default [
  {
    files: ["packages/**/*.ts"],
    languageOptions: { parser },
    rules: {
      eqeqeq: "error",
      "no-extra-boolean-cast": "error",
      "no-useless-rename": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
    },
  },
];
