import { Suspense, useState } from "react";
import { Button } from "../parts/button.tsx";
import { deferred } from "../parts/deferred.ts";
import { Modal } from "../parts/modal.tsx";
import "./export-button.css";
import type { Exporting } from "./export-forms.tsx";

// What writes files is loaded when one is wanted.
const ExportForms = deferred(async () => (await import("./export-forms.tsx")).ExportForms);

/** Takes along what is shown, all of it. */
export function ExportButton(props: Exporting) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button kind="quiet" className="export-trigger" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Export
      </Button>
      {isOpen ? (
        <Modal label="Export" className="export-modal" onClose={() => setOpen(false)}>
          <div className="export">
            <Suspense>
              <ExportForms {...props} />
            </Suspense>
          </div>
        </Modal>
      ) : undefined}
    </>
  );
}
