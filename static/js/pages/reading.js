// orders/reading.html

import { offerPrint } from "../modules/print-button.js";

offerPrint(document);
