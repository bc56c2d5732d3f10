import tseslint from "typescript-eslint";

/** Which folder may import which: the arrows of the design. `errors` and `lib` are free for all, and import nothing. */
const arrows = {
  errors: [],
  lib: [],
  model: [],
  constructs: ["model", "checks"],
  checks: ["model"],
  node: ["model"],
  providers: [],
  stacks: ["constructs", "model", "checks", "node", "providers", "terraform"],
  terraform: [],
  sandbox: ["providers", "terraform"],
  preview: ["model", "checks", "terraform"],
  operations: ["model", "constructs", "checks", "node", "stacks", "providers", "terraform", "sandbox", "preview"],
  commands: [
    "model",
    "constructs",
    "checks",
    "node",
    "stacks",
    "providers",
    "terraform",
    "sandbox",
    "preview",
    "operations",
  ],
  bin: ["commands"],
};
const folders = Object.keys(arrows);
const speaksCdktf = ["constructs", "stacks", "providers"];

const layer = (folder) => {
  const closed = folders.filter(
    (other) => other !== folder && !["errors", "lib"].includes(other) && !arrows[folder].includes(other),
  );
  const patterns = [
    {
      group: [...closed.map((other) => `**/${other}/**`), "**/index.js", "lightfleet"],
      message: `${folder}/ may import ${["errors", "lib", ...arrows[folder]].join(", ")} (see eslint.config.js)`,
    },
  ];
  if (!speaksCdktf.includes(folder))
    patterns.push({
      group: ["cdktf", "cdktf/**", "constructs"],
      message: "cdktf is spoken in constructs, stacks and providers only",
    });
  return {
    files: [`${folder}/**/*.ts`],
    ignores: ["stacks/main.ts"],
    rules: { "no-restricted-imports": ["error", { patterns }] },
  };
};

export default tseslint.config(
  {
    ignores: [
      "dist/",
      "**/cdktf.out/",
      "**/.lightfleet/",
      "coverage/",
      "providers/**/*.gen.ts",
      "test/fixtures/broken/",
      "bench/**/node_modules/",
    ],
  },
  ...tseslint.configs.strict,
  {
    rules: {
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-non-null-assertion": "off",
      eqeqeq: "error",
      "no-restricted-syntax": [
        "error",
        { selector: "ThrowStatement > :matches(Literal, TemplateLiteral)", message: "throw a LightfleetError" },
      ],
    },
  },
  {
    files: [
      "errors/**",
      "model/**",
      "constructs/**",
      "checks/**",
      "node/**",
      "stacks/**",
      "terraform/**",
      "sandbox/**",
      "preview/**",
      "operations/**",
      "commands/**",
    ],
    rules: {
      "no-console": "error",
      "no-restricted-properties": [
        "error",
        { object: "process", property: "exit", message: "only bin/ ends the process" },
      ],
    },
  },
  { files: ["**/*.cjs"], rules: { "@typescript-eslint/no-require-imports": "off" } },
  ...folders.map(layer),
);
