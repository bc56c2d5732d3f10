import { CAPABILITIES, DEFAULT_CAPABILITIES } from "../model/limits/linux.js";
import { byText } from "../model/order.js";
import type { ServiceModel } from "../model/schema.js";
import { didYouMean } from "./nearest.js";
import type { Border } from "./props-validator.js";
import type { ServiceProps } from "./service.js";
import { showValue } from "./show.js";

/**
 * The capabilities that a container is to have, or null for Docker's own set: what is added to that set, or taken from it, becomes
 * the list of those that it has then, so that nobody has to know which set that is.
 */
export function readCapabilities(
  { capabilities, addCapabilities, dropCapabilities }: Partial<ServiceProps>,
  border: Border,
): ServiceModel["capabilities"] {
  if (capabilities !== undefined) {
    for (const [prop, value] of Object.entries({ addCapabilities, dropCapabilities }))
      if (value !== undefined)
        border.refuse(
          "LF015",
          `'capabilities' and '${prop}' exclude each other`,
          "'capabilities' names all that the container has; the others change Docker's own set",
        );
    return readNames("capabilities", capabilities, border);
  }
  const added = readNames("addCapabilities", addCapabilities ?? [], border);
  const dropped = readNames("dropCapabilities", dropCapabilities ?? [], border);
  if (added.length + dropped.length === 0) return null;
  const both = added.filter((name) => dropped.includes(name));
  if (both.length > 0)
    border.refuse("LF015", `'addCapabilities' and 'dropCapabilities' both hold ${both.map(showValue).join(", ")}`);
  else if (added.includes("ALL") && dropped.length > 0)
    border.refuse(
      "LF015",
      "'dropCapabilities' takes nothing from \"ALL\"",
      "name those that it needs by 'capabilities'",
    );
  if (added.includes("ALL")) return ["ALL"];
  const base = dropped.includes("ALL") ? [] : DEFAULT_CAPABILITIES.filter((name) => !dropped.includes(name));
  return [...new Set([...base, ...added])].sort(byText);
}

function readNames(prop: string, capabilities: readonly string[], border: Border): string[] {
  const names = capabilities.map((name) => name.replace(/^CAP_/, ""));
  for (const name of names)
    if (!CAPABILITIES.includes(name))
      border.refuse(
        "LF018",
        `'${prop}' (${showValue(name)}) must be a Linux capability, as in "NET_BIND_SERVICE"`,
        didYouMean(name, CAPABILITIES) ?? "capabilities(7) lists them",
      );
  return [...new Set(names)].sort(byText);
}
