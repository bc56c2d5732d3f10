import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

/** What the docstrings of the public API leave open, as `Type.member: what is missing`. */
function gaps(): string[] {
  const entry = fileURLToPath(new URL("../index.ts", import.meta.url));
  const config = ts.readConfigFile(fileURLToPath(new URL("../tsconfig.json", import.meta.url)), (file) =>
    readFileSync(file, "utf8"),
  );
  const { options } = ts.parseJsonConfigFileContent(
    config.config,
    ts.sys,
    fileURLToPath(new URL("..", import.meta.url)),
  );
  const program = ts.createProgram([entry], options);
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(entry)!)!;
  return checker.getExportsOfModule(module).flatMap((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const own = symbol.getDocumentationComment(checker).length === 0 ? [`${symbol.name}: no docstring`] : [];
    return [...own, ...(symbol.declarations ?? []).flatMap((declaration) => gapsOf(symbol.name, declaration, checker))];
  });
}

function gapsOf(name: string, declaration: ts.Declaration, checker: ts.TypeChecker): string[] {
  const members =
    ts.isInterfaceDeclaration(declaration) || ts.isClassDeclaration(declaration) ? [...declaration.members] : [];
  return members.flatMap((member) => {
    const key = member.name;
    if (key === undefined || ts.isConstructorDeclaration(member) || isHidden(member)) return [];
    const symbol = checker.getSymbolAtLocation(key);
    if (symbol === undefined) return [];
    const label = `${name}.${symbol.name}`;
    const tags = symbol.getJsDocTags(checker).map((tag) => tag.name);
    const documented = symbol.getDocumentationComment(checker).length > 0;
    const optional = ts.isPropertySignature(member) && member.questionToken !== undefined && name !== "Finding";
    return [
      ...(documented ? [] : [`${label}: no docstring`]),
      ...(optional && !tags.includes("default") ? [`${label}: optional, and no @default`] : []),
    ];
  });
}

/** What users do not see: private, internal, or an override whose docstring stands above it. */
function isHidden(member: ts.ClassElement | ts.TypeElement): boolean {
  const modifiers = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : [];
  const hiding = [ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword, ts.SyntaxKind.OverrideKeyword];
  return (
    modifiers.some(({ kind }) => hiding.includes(kind)) ||
    ts.getJSDocTags(member).some(({ tagName }) => tagName.text === "internal")
  );
}

test("every public prop and member says what it is, and every optional one its default", () => {
  expect(gaps()).toEqual([]);
});
