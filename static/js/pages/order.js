// checkout/order.html: the form works without any of this.

import { readBirth } from "../modules/birth-moment.js";
import { watchConnection } from "../modules/connection-notice.js";
import { moveOnWithEnter } from "../modules/enter-moves-on.js";
import { checkAnswers } from "../modules/form-errors.js";
import { followParts } from "../modules/form-parts.js";
import { keepAnswers } from "../modules/kept-answers.js";
import { countLetters } from "../modules/letter-count.js";
import { matchOffers } from "../modules/matching-offers.js";
import { followChoices } from "../modules/order-summary.js";
import { pickPictures } from "../modules/picture-picker.js";
import { requireElement } from "../modules/require-element.js";
import { sendPatiently } from "../modules/send-patiently.js";
import { submitOnce } from "../modules/submit-once.js";
import { askForPhone } from "../modules/whatsapp-phone.js";

const form = requireElement(document, "[data-order-form]", HTMLFormElement);

// Whether each answer is good, before anybody asks.
countLetters(form);
readBirth(form);
askForPhone(form);
matchOffers(form);
pickPictures(form);
// Then who asks: in this order each hears of an answer, and of the sending.
checkAnswers(form);
moveOnWithEnter(form);
followChoices(form);
followParts(form);
sendPatiently(form);
submitOnce(form);
keepAnswers(form);
watchConnection(document);
