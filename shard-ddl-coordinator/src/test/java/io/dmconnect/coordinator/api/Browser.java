package io.dmconnect.coordinator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dmconnect.local.process.Await;
import io.dmconnect.local.process.ChildProcess;
import io.dmconnect.local.process.Command;
import io.dmconnect.local.process.Programs;
import io.dmconnect.local.process.Workspace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * One page in a headless Chromium, by the DevTools protocol. What the page asks its user is
 * answered by what was set before, and kept.
 */
final class Browser implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> OPTIONS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-dev-shm-usage",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--remote-debugging-port=0");
  private static final String DIALOGS =
      "window.asked = []; window.answers = []; window.agrees = true;"
          + "window.confirm = q => { asked.push(q); return agrees; };"
          + "window.prompt = q => { asked.push(q); return answers.length ? answers.shift() : null; };"
          + "window.alert = q => { asked.push(q); };";

  private final ChildProcess process;
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();

  /** The program; empty when the machine has none. */
  static Optional<Path> program() {
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .map(Programs::find)
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** A browser with an empty page. */
  static Browser start(Path program, Workspace workspace) throws Exception {
    Path profile = workspace.folder("chromium");
    List<String> line = new ArrayList<>(List.of(program.toString()));
    line.addAll(OPTIONS);
    line.addAll(List.of("--user-data-dir=" + profile, "about:blank"));
    ChildProcess process = workspace.start(Command.of("chromium", line));
    Path told = profile.resolve("DevToolsActivePort");
    Await.until(
        "the browser",
        LIMIT,
        () -> Files.exists(told) && lines(told).size() > 1,
        () -> process.alive() ? null : process.logTail(20));
    URI pages = URI.create("http://127.0.0.1:" + lines(told).get(0) + "/json/list");
    String page = Await.value("its page", LIMIT, () -> page(pages));
    return new Browser(process, URI.create(page));
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file);
  }

  private static String page(URI pages) throws Exception {
    String text =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(pages).build(), HttpResponse.BodyHandlers.ofString())
            .body();
    for (JsonNode target : MAPPER.readTree(text)) {
      if (target.path("type").asText().equals("page")) {
        return target.path("webSocketDebuggerUrl").asText();
      }
    }

    return null;
  }

  private Browser(ChildProcess process, URI page) throws Exception {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(page, new Answers())
            .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    ObjectNode dialogs = MAPPER.createObjectNode().put("source", DIALOGS);
    send("Page.enable", MAPPER.createObjectNode());
    send("Page.addScriptToEvaluateOnNewDocument", dialogs);
  }

  /** Goes to an address and waits for a text in the page. */
  void open(String url, String text) {
    send("Page.navigate", MAPPER.createObjectNode().put("url", "about:blank"));
    send("Page.navigate", MAPPER.createObjectNode().put("url", url));
    awaitText(text);
  }

  /** Waits until the page shows a text. */
  void awaitText(String text) {
    await("the page to show: " + text, () -> text().contains(text));
  }

  /** What the page shows. */
  String text() {
    return evaluate("document.body ? document.body.innerText : ''").asText();
  }

  /** What the user is going to type, one for each question. */
  void willAnswer(String... texts) {
    evaluate("window.answers = " + MAPPER.valueToTree(Arrays.asList(texts)));
  }

  /** Whether the user will agree to what is asked. */
  void willAgree(boolean agrees) {
    evaluate("window.agrees = " + agrees);
  }

  /** What the user was asked and told. */
  List<String> asked() {
    List<String> all = new ArrayList<>();
    evaluate("window.asked").forEach(text -> all.add(text.asText()));
    return all;
  }

  /**
   * Clicks the last button of a text, as soon as there is one.
   *
   * @param within selects the part of the page that has it
   */
  void click(String within, String button) {
    String script =
        "(() => { for (const part of [...document.querySelectorAll(%s)].reverse())"
            + " for (const b of [...part.querySelectorAll('button')].reverse())"
            + " if (b.textContent === %s) { b.click(); return true; } return false; })()";
    String filled = String.format(script, quoted(within), quoted(button));
    await("the button: " + button, () -> evaluate(filled).asBoolean());
  }

  private void await(String what, Callable<Boolean> condition) {
    try {
      Await.until(what, LIMIT, condition);
    } catch (Await.AwaitException e) {
      throw new AssertionError(e.getMessage() + "; the page shows:\n" + text(), e);
    }
  }

  private static String quoted(String text) {
    return MAPPER.valueToTree(text).toString();
  }

  private JsonNode evaluate(String expression) {
    ObjectNode parameters =
        MAPPER.createObjectNode().put("expression", expression).put("returnByValue", true);
    JsonNode answer = send("Runtime.evaluate", parameters);
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + answer);
    }

    return answer.path("result").path("value");
  }

  private JsonNode send(String method, ObjectNode parameters) {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    ObjectNode message = MAPPER.createObjectNode().put("id", id).put("method", method);
    message.set("params", parameters);
    socket.sendText(message.toString(), true).join();
    try {
      JsonNode whole = answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (whole.has("error")) {
        throw new IllegalStateException(method + ": " + whole);
      }

      return whole.path("result");
    } catch (Exception e) {
      throw new IllegalStateException(method + " " + parameters, e);
    }
  }

  /** Reads the messages of the browser, which come in parts. */
  private final class Answers implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        String whole = text.toString();
        text.setLength(0);
        try {
          JsonNode message = MAPPER.readTree(whole);
          CompletableFuture<JsonNode> asked = answers.remove(message.path("id").asInt());
          if (asked != null) {
            asked.complete(message);
          }
        } catch (IOException e) {
          throw new IllegalStateException(whole, e);
        }
      }

      from.request(1);
      return null;
    }
  }

  @Override
  public void close() {
    socket.abort();
    process.stop(LIMIT);
  }
}
