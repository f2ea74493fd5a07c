/* htmx would write a <style> into the page, and make functions of texts. */
window.htmx.config.includeIndicatorStyles = false;
window.htmx.config.allowEval = false;
