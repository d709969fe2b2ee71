import { notificationsSetting } from "../settings/notifications.ts";
import { isInCharge } from "./in-charge.ts";
import type { Told } from "./notifier.ts";

/** Tells it in the system's way where the browser lets us, and by a sound where that is wanted. */
export function showTold({ key, title, text, path }: Told, go: (path: string) => void): void {
  if (!isInCharge()) return;
  if (notificationsSetting.get().sound) void beep();
  // Pages over plain http have none; there the title and the icon say it.
  if (!window.isSecureContext || !("Notification" in window) || Notification.permission !== "granted") return;
  const notification = new Notification(title, { body: text, tag: key, icon: "/icon.svg" });
  notification.addEventListener("click", () => {
    window.focus();
    go(path);
    notification.close();
  });
}

/** Short and low. A browser may want a press on the page before it lets one be heard. */
async function beep(): Promise<void> {
  const audio = new AudioContext();
  const tone = new OscillatorNode(audio, { frequency: 520 });
  const volume = new GainNode(audio, { gain: 0.06 });
  tone.connect(volume).connect(audio.destination);
  volume.gain.setTargetAtTime(0, audio.currentTime + 0.12, 0.04);
  tone.addEventListener("ended", () => void audio.close());
  tone.start();
  tone.stop(audio.currentTime + 0.4);
  await audio.resume();
}
