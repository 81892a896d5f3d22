// Everything here makes a page that already works easier to use.
import { initAll } from "./govuk-frontend.min.js";
import { growAll } from "./grow.js";

initAll();
growAll();
