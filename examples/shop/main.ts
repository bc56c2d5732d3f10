import { App } from "lightfleet";
import { Shop } from "./shop.js";

const app = new App();
new Shop(app, "shop");
app.synth();
