const WIDTH = 800;
const HEIGHT = 480;

/** A photo of a till's screen that shows an error. */
export async function drawTill(text: string): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  pen.fillStyle = "#10243a";
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.fillStyle = "#e8eef5";
  pen.fillRect(60, 90, WIDTH - 120, HEIGHT - 180);
  pen.fillStyle = "#b3261e";
  pen.fillRect(60, 90, WIDTH - 120, 56);
  pen.fillStyle = "#ffffff";
  pen.font = "bold 30px sans-serif";
  pen.fillText("PUNTO DE VENTA", 84, 128);
  pen.fillStyle = "#101010";
  pen.font = "bold 40px sans-serif";
  lines(pen, text, WIDTH - 180).slice(0, 4).forEach((line, place) => { pen.fillText(line, 90, 210 + place * 52); });
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error("no picture"));
    }, "image/png");
  });
}

function lines(pen: CanvasRenderingContext2D, text: string, width: number): string[] {
  const found: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = found.at(-1);
    if (last !== undefined && pen.measureText(`${last} ${word}`).width < width) found[found.length - 1] = `${last} ${word}`;
    else found.push(word);
  }
  return found;
}
