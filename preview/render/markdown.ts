import type { ChangeList } from "../schema.js";
export const renderMarkdown = (list: ChangeList): string => JSON.stringify(list);
