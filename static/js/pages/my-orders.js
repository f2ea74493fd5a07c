// orders/my_orders.html

import { submitFormsOnce } from "../modules/submit-once.js";

submitFormsOnce();
