// Behaviour of every page. Each module listens on the document, so that swapped fragments need nothing.
import "./js/comments.js";
import "./js/fragments.js";
import "./js/forms.js";
import "./js/menus.js";
import "./js/passkeys.js";
import "./js/passwords.js";
import "./js/queue.js";
import "./js/reading.js";
import "./js/saving.js";
import "./js/session.js";
import "./js/status.js";
import "./js/uploads.js";
