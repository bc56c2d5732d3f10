import { App } from "lightfleet";
import { Shop } from "../examples/shop/shop.js";

/** This repository's own program: the shop, as `npm run demo` deploys it to the sandbox. */
const app = new App();
new Shop(app, "shop");
app.synth();
