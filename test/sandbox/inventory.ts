import { readInventory, type Inventory } from "../../sandbox/aws/inventory.js";
import type { Local } from "./local.js";

/** What there is of the cluster that a cloud works for. */
export const openInventory = ({ at }: Local): Inventory => readInventory(at.store, at.owner);
