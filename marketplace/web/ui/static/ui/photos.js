/* Photographs are made smaller before they travel: a slow line carries a tenth, and neither the
   place nor the camera goes along. What this browser cannot read is sent as it is. */
(() => {
  const LIGHT = 400_000;
  let work = Promise.resolve();
  let busy = 0;

  const drawn = (bitmap, side) => {
    const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    const paper = canvas.getContext("2d");
    paper.fillStyle = "#fff";
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.imageSmoothingQuality = "high";
    paper.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
  };

  const smaller = async (file, side) => {
    let bitmap;
    try {
      bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
      if (Math.max(bitmap.width, bitmap.height) <= side && file.size < LIGHT) return file;
      const blob = await drawn(bitmap, side);
      if (!blob || blob.size >= file.size) return file;
      const name = `${file.name.replace(/\.\w{1,5}$/, "")}.jpg`;
      return new File([blob], name, { type: "image/jpeg", lastModified: file.lastModified });
    } catch {
      return file;
    } finally {
      bitmap?.close();
    }
  };

  const shrink = async (input) => {
    const chosen = [...input.files];
    const names = chosen.map((file) => file.name).join();
    const ready = new DataTransfer();
    // One after the other: a phone has memory for one large picture.
    for (const file of chosen) ready.items.add(await smaller(file, Number(input.dataset.shrink)));
    // Others may have been chosen meanwhile.
    if ([...input.files].map((file) => file.name).join() === names) input.files = ready.files;
  };

  document.addEventListener("change", ({ target }) => {
    if (!target.matches?.("input[type=file][data-shrink]") || !window.createImageBitmap) return;
    busy += 1;
    target.setAttribute("aria-busy", "true");
    work = work
      .then(() => shrink(target))
      .catch(() => {})
      .finally(() => {
        busy -= 1;
        if (!busy) target.removeAttribute("aria-busy");
      });
  });

  // Who presses the button at once waits for the pictures.
  document.addEventListener("submit", (event) => {
    if (!busy || !event.target.querySelector("[data-shrink]")) return;
    event.preventDefault();
    const { target: form, submitter } = event;
    work.then(() => form.requestSubmit(submitter));
  });
})();
