// What the command line knows of a command's work: how far it is, and what it asks.
export {
  ACTIONS,
  isDragged,
  type AttributeChange,
  type CommandContext,
  type CommandHost,
  type EngineEvent,
  type FleetProgress,
  type PlannedAction,
  type PlannedChange,
  type PlanSummary,
  type Progress,
  type ServiceProgress,
} from "../operations/context.js";
