import "virtual:tokens.css";
import "./styles/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { listenToKeys } from "./keys/listen-to-keys.ts";
import { applyTheme } from "./settings/theme.ts";

applyTheme();
listenToKeys();
const place = document.querySelector("#app");
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
