// Runs before anything is drawn, so that parts which need scripts never flash up without them.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
