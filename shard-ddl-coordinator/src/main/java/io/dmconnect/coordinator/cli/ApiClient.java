package io.dmconnect.coordinator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** Asks any coordinator; follows to the leader with the same login. */
final class ApiClient {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int REDIRECTS = 3;

  private final HttpClient http;
  private final String url;
  private final String authorization;

  /**
   * A client.
   *
   * @param url any coordinator's
   * @param user {@code name:password}; null for none
   * @param token a bearer token; null for none
   * @param tls whom to trust; null for whom the JDK trusts
   */
  ApiClient(String url, String user, String token, SSLContext tls) {
    HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(LIMIT);
    this.http = tls == null ? client.build() : client.sslContext(tls).build();
    this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    if (token != null) {
      this.authorization = "Bearer " + token;
    } else if (user != null) {
      byte[] login = user.getBytes(StandardCharsets.UTF_8);
      this.authorization = "Basic " + Base64.getEncoder().encodeToString(login);
    } else {
      this.authorization = null;
    }
  }

  /** A path below the API from its parts, each encoded. */
  static String path(String... parts) {
    return "/api/v1" + below(parts);
  }

  /** The end of a path from its parts, each encoded, with its leading slash. */
  static String below(String... parts) {
    return Arrays.stream(parts)
        .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/", "/", ""));
  }

  /** What is at a path. */
  JsonNode get(String path) throws IOException {
    return send("GET", path, null);
  }

  /** Sends a body to a path. */
  JsonNode post(String path, JsonNode body) throws IOException {
    return send("POST", path, body);
  }

  /** Deletes what is at a path. */
  void delete(String path) throws IOException {
    send("DELETE", path, null);
  }

  private JsonNode send(String method, String path, JsonNode body) throws IOException {
    URI target = URI.create(url + path);
    for (int i = 0; i <= REDIRECTS; i++) {
      HttpResponse<String> answer = exchange(method, target, body);
      if (answer.statusCode() != 307) {
        return read(answer, target);
      }

      target = target.resolve(answer.headers().firstValue("Location").orElseThrow());
    }

    throw new IOException("The coordinators send each to another: " + target);
  }

  private HttpResponse<String> exchange(String method, URI target, JsonNode body)
      throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(target).timeout(LIMIT);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }

    if (body == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(method, HttpRequest.BodyPublishers.ofString(body.toString()));
    }

    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted: " + method + " " + target, e);
    } catch (IOException e) {
      throw new IOException(
          "No coordinator answers at "
              + url
              + ". Name one with --coordinator or DM_COORDINATOR, or start one:"
              + " ./dm coordinator --config FILE. ("
              + e
              + ")",
          e);
    }
  }

  private static JsonNode read(HttpResponse<String> answer, URI target) throws IOException {
    String body = answer.body() == null ? "" : answer.body();
    boolean ok = answer.statusCode() / 100 == 2;
    if (ok) {
      return body.isEmpty() ? MAPPER.createObjectNode() : MAPPER.readTree(body);
    }

    String error = body;
    try {
      error = MAPPER.readTree(body).path("error").asText(body);
    } catch (IOException e) {
      // The body is no answer of a coordinator; it is shown as it is.
    }

    throw new IOException(target + " answers " + answer.statusCode() + ": " + error);
  }
}
