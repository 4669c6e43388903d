// Dark or light: as the system says, until the person says otherwise.

const KEY = "preview-theme";

export function startTheme(button) {
  set(localStorage.getItem(KEY));
  button.addEventListener("click", () => {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const shown = document.documentElement.dataset.theme ?? (dark ? "dark" : "light");
    set(shown === "dark" ? "light" : "dark");
  });
}

function set(theme) {
  if (!theme) return;
  document.documentElement.dataset.theme = theme;
  localStorage.setItem(KEY, theme);
}
