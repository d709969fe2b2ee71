/** The bridge; its name stands beside it. */
export function Logo() {
  return (
    <svg width="26" height="20" viewBox="0 0 26 20" aria-hidden="true" fill="none" stroke="var(--accent)">
      <path d="M1 14.5h24" strokeWidth="2.2" />
      <path d="M4 14.5C4 8 8 5 13 5s9 3 9 9.5M9.2 14.5V6.3M16.8 14.5V6.3M13 14.5V5" strokeWidth="1.5" />
    </svg>
  );
}
