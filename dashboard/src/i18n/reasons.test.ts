import { expect, test } from "vitest";
import { reasonIn } from "./reasons";

test("a reason of several phrases is said in the page's language", () => {
  const reason = "was asked, the same store";
  expect(reasonIn("es", reason)).toBe("se le preguntó, la misma tienda");
  expect(reasonIn("en", reason)).toBe(reason);
});

test("a phrase with a comma of its own is one phrase, and what it names stays", () => {
  expect(reasonIn("es", "outcome unknown, not repeated")).toBe("resultado desconocido, no se repite");
  expect(reasonIn("es", "waits for ticket:7")).toBe("espera a ticket:7");
});

test("what a model says is said as it said it", () => {
  expect(reasonIn("es", "a model says: le habla a quien la reportó")).toBe("un modelo dice: le habla a quien la reportó");
});

test("a field that is not as it should be is named, and not in pydantic's words", () => {
  expect(reasonIn("es", "payload.timestamp: int_parsing")).toBe("payload.timestamp: no es válido");
});

test("a connection that broke is said to have broken", () => {
  expect(reasonIn("es", "sendText: RemoteProtocolError")).toBe("se cortó la conexión (sendText: RemoteProtocolError)");
});

test("what somebody else said stays as it was said", () => {
  expect(reasonIn("es", "422 INVALID_DATA, /subject")).toBe("422 INVALID_DATA, /subject");
});
