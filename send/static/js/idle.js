// Asks two minutes before an idle session ends whether the person is still there. Typing is never lost: staying keeps the page.
const warning = document.getElementById("idle-warning");
const WARN_SECONDS = 120;
const SHARED = "idle-renewed-at"; // another tab that is used keeps this one signed in

if (warning && typeof warning.showModal === "function") {
  const limit = Number(warning.dataset.idleSeconds);
  const left = warning.querySelector("[data-idle-left]");
  const stay = warning.querySelector("[data-idle-stay]");
  let token = warning.dataset.idleToken;

  const store = (moment) => { try { localStorage.setItem(SHARED, String(moment)); } catch { /* private window: this tab only */ } };
  const stored = () => { try { return Number(localStorage.getItem(SHARED)) || 0; } catch { return 0; } };
  let own = Date.now();
  store(own);

  const secondsLeft = () => Math.round(limit - (Date.now() - Math.max(own, stored())) / 1000);
  const words = (seconds) => seconds > 60 ? "2 minutes" : seconds > 30 ? "1 minute" : "less than 30 seconds";

  function look() {
    const seconds = secondsLeft();
    if (seconds <= 0) {
      left.textContent = "a moment. You may already be signed out: copy what you have typed before you go on";
      if (!warning.open) warning.showModal();
    } else if (seconds <= WARN_SECONDS) {
      const now = words(seconds);
      if (left.textContent !== now) left.textContent = now;
      if (!warning.open) { warning.showModal(); stay.focus(); }
    } else if (warning.open) {
      warning.close();
    }
  }

  async function renew() {
    const answer = await fetch(warning.dataset.idleAddress, {
      method: "POST", headers: { "X-CSRFToken": token, Accept: "application/json" }, credentials: "same-origin", redirect: "manual",
    }).catch(() => null);
    if (answer && answer.ok) {
      own = Date.now();
      store(own);
      warning.close();
    } else {
      left.textContent = "a moment. We could not keep you signed in: copy what you have typed, then sign in again";
    }
  }

  stay.addEventListener("click", renew);
  warning.addEventListener("cancel", (event) => { event.preventDefault(); renew(); });
  setInterval(look, 5000);
}
