// checkout/order.html: the form works without any of this.

import { followOffers } from "../modules/expert-offers.js";
import { showProgress } from "../modules/form-progress.js";
import { followChoices } from "../modules/order-summary.js";
import { limitPictures } from "../modules/picture-limits.js";
import { requireElement } from "../modules/require-element.js";
import { submitOnce } from "../modules/submit-once.js";

const form = requireElement(document, "[data-order-form]", HTMLFormElement);

followOffers(form);
followChoices(form);
limitPictures(form);
showProgress(form);
submitOnce(form);
