import type { ChangeList } from "../schema.js";
export const renderHtml = (list: ChangeList): string => JSON.stringify(list);
