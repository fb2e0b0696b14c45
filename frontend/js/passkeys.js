// Passkeys: before such a form is sent, the device makes or shows one. What it is asked stands in the
// page (#passkey-options) or, at the sign-in, at the form's own address.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!form.dataset.passkey || "answered" in form.dataset) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // forms.js gets the second submit, with the answer of the device
    ask(form, event.submitter);
  },
  { capture: true },
);

async function ask(form, submitter) {
  const said = document.querySelector("[data-passkey-failed]");
  said.hidden = true;
  try {
    const options = await optionsOf(form);
    const credential = await (form.dataset.passkey === "create" ? create(options) : get(options));
    form.elements.credential.value = JSON.stringify(credential);
    form.dataset.answered = "";
    form.requestSubmit(submitter);
  } catch {
    said.hidden = false;
  }
}

async function optionsOf(form) {
  const inPage = document.querySelector("#passkey-options");
  if (inPage) return JSON.parse(inPage.textContent).publicKey;
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  return (await answer.json()).request_options.publicKey;
}

async function create(options) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: (options.excludeCredentials ?? []).map(named),
      // One that knows its account, so that it signs in alone.
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
    },
  });
  return told(made, { attestationObject: text(made.response.attestationObject) });
}

async function get(options) {
  const shown = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: (options.allowCredentials ?? []).map(named),
    },
  });
  const { authenticatorData, signature, userHandle } = shown.response;
  return told(shown, {
    authenticatorData: text(authenticatorData),
    signature: text(signature),
    userHandle: userHandle && text(userHandle),
  });
}

// Back to a page kept in memory: an answer counts once.
addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-answered]").forEach((form) => delete form.dataset.answered);
});

const named = (key) => ({ ...key, id: bytes(key.id) });

const told = (credential, response) => ({
  id: credential.id,
  rawId: text(credential.rawId),
  type: credential.type,
  response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
  clientExtensionResults: credential.getClientExtensionResults(),
});

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return plain.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
