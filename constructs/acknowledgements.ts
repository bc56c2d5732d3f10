import type { IConstruct } from "constructs";
import { byText } from "../model/order.js";
import type { AcknowledgementModel } from "../model/schema.js";
import { holdsAddress } from "./address.js";
import { Border } from "./props-validator.js";
import { report } from "./diagnostics.js";
import { showValue } from "./show.js";
import type { Capture } from "./source.js";

interface Acknowledgement {
  readonly code: unknown;
  readonly reason: unknown;
  readonly at: Capture;
}

/** The findings that a construct takes as they are. */
export class Acknowledgements {
  private readonly all: Acknowledgement[] = [];

  add(acknowledgement: Acknowledgement): void {
    this.all.push(acknowledgement);
  }

  /** The construct's part of the model, sorted by code; what cannot be taken is reported. */
  toModel(construct: IConstruct, on: string | null): AcknowledgementModel[] {
    const taken = new Map<string, AcknowledgementModel>();
    for (const { code, reason, at } of this.all) {
      const border = new Border(construct, at);
      if (typeof code !== "string") border.refuseType("code", code, `a rule's code, as in "LF204"`);
      else if (typeof reason !== "string") border.refuseType("reason", reason, "a sentence");
      else if (holdsAddress(reason)) border.refuseAddress("reason", reason);
      else if (!/^[A-Z]{2,12}[0-9]{1,5}$/.test(code))
        report(construct, at, "LF018", `the code (${showValue(code)}) must be a rule's, as in "LF204"`);
      else if (reason.trim() === "")
        report(construct, at, "LF018", `the acknowledgement of ${code} needs a reason`, "every report shows it");
      else if (taken.has(code))
        report(construct, at, "LF015", `${code} is acknowledged twice here`, "keep one of the two reasons");
      else taken.set(code, { code, on, reason: reason.trim() });
    }
    return [...taken.values()].sort((a, b) => byText(a.code, b.code));
  }
}
