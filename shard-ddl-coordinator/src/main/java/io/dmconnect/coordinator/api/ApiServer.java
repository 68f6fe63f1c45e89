package io.dmconnect.coordinator.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.dmconnect.coordinator.engine.Coordinator;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.event.HandlerMetaInfo;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The REST API and the web page of a coordinator. A standby sends clients to the leader, but for
 * its health and the description of the API.
 */
public final class ApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
  private static final String HEALTH = "/api/v1/health";
  private static final String DESCRIPTION = "/api/v1/openapi.yaml";
  private static final int TEMPORARY_REDIRECT = 307;

  private final Coordinator coordinator;
  private final Access access;
  private final Set<String> routes = new TreeSet<>();
  private final Javalin server;

  /**
   * Starts to listen.
   *
   * @throws RuntimeException when the address is in use or the key store cannot be read
   */
  public static ApiServer start(Coordinator coordinator, ApiSettings settings, Access access) {
    ApiServer api = new ApiServer(coordinator, settings, access);
    api.server.start(settings.host(), settings.port());
    return api;
  }

  private ApiServer(Coordinator coordinator, ApiSettings settings, Access access) {
    this.coordinator = coordinator;
    this.access = access;
    this.server = Javalin.create(config -> configure(config, settings));
    server.events(events -> events.handlerAdded(this::added));
    server.before(this::admit);
    server.get(HEALTH, context -> answer(context, health()));
    server.get(DESCRIPTION, page("openapi.yaml", "application/yaml"));
    server.get("/", page("index.html", "text/html"));
    new Routes(coordinator).addTo(server);
    server.exception(
        ApiException.class, (e, context) -> error(context, e.status(), e.getMessage()));
    server.exception(
        HttpResponseException.class, (e, context) -> error(context, e.getStatus(), e.getMessage()));
    server.exception(Exception.class, this::failed);
  }

  private void added(HandlerMetaInfo handler) {
    if (handler.getPath().startsWith("/api/")) {
      String method = handler.getHttpMethod().name().toLowerCase(Locale.ROOT);
      routes.add(method + " " + handler.getPath());
    }
  }

  private static void configure(JavalinConfig config, ApiSettings settings) {
    config.showJavalinBanner = false;
    config.startupWatcherEnabled = false;
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setUriCompliance(UriCompliance.LEGACY);
          http.setSendServerVersion(false);
        });
    if (settings.keyStore() != null) {
      SslContextFactory.Server tls = new SslContextFactory.Server();
      tls.setKeyStorePath(settings.keyStore());
      tls.setKeyStorePassword(settings.keyStorePassword());
      config.jetty.addConnector(
          (jetty, http) -> {
            ServerConnector connector =
                new ServerConnector(jetty, tls, new HttpConnectionFactory(http));
            connector.setHost(settings.host());
            connector.setPort(settings.port());
            return connector;
          });
    }
  }

  /** The port listened on. */
  public int port() {
    return server.port();
  }

  /** The methods and paths of the API: {@code get /api/v1/tasks}. */
  Set<String> routes() {
    return Collections.unmodifiableSet(routes);
  }

  private void admit(Context context) throws Exception {
    String path = context.path();
    if (path.equals(HEALTH) || path.equals(DESCRIPTION)) {
      return;
    }

    if (!coordinator.isLeader()) {
      redirect(context);
      return;
    }

    Access.Identity identity = access.identify(context.header("Authorization"));
    boolean changes = !context.method().name().equals("GET");
    if (identity == null || identity.role() == Role.NONE) {
      context.header("WWW-Authenticate", "Basic realm=\"DM Connect\", charset=\"UTF-8\"");
      throw new ApiException(401, "Log in with a user's name and password, or with a token");
    }

    if (changes && identity.role() != Role.OPERATOR) {
      throw new ApiException(403, identity.name() + " is no operator");
    }

    boolean json = String.valueOf(context.contentType()).startsWith("application/json");
    if (context.method().name().equals("POST") && !json) {
      throw new ApiException(415, "Send application/json");
    }

    if (!coordinator.isReady()) {
      context.header("Retry-After", "1");
      throw new ApiException(503, "This coordinator is taking over, try again in a second");
    }

    context.attribute(Routes.OPERATOR, identity.name());
  }

  private void redirect(Context context) throws Exception {
    String leader = coordinator.leaderUrl();
    if (leader == null) {
      context.header("Retry-After", "1");
      throw new ApiException(503, "No coordinator leads at the moment, try again in a second");
    }

    String query = context.queryString();
    String path = context.req().getRequestURI() + (query == null ? "" : "?" + query);
    context.header("Location", leader + path);
    context.status(TEMPORARY_REDIRECT);
    context.skipRemainingHandlers();
  }

  private JsonNode health() throws Exception {
    return JsonNodes.object()
        .put("leader", coordinator.isLeader())
        .put("ready", coordinator.isReady())
        .put("leader_url", coordinator.leaderUrl());
  }

  static void answer(Context context, JsonNode node) {
    context.contentType("application/json; charset=utf-8").result(node.toString());
  }

  private static void error(Context context, int status, String message) {
    context.status(status);
    answer(context, JsonNodes.object().put("status", status).put("error", message));
  }

  private void failed(Exception e, Context context) {
    LOG.error("{} {} failed", context.method(), context.path(), e);
    error(context, 500, "The coordinator failed: " + e.getMessage());
  }

  private static Handler page(String name, String contentType) {
    try (InputStream in = ApiServer.class.getResourceAsStream(name)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return context -> context.contentType(contentType + "; charset=utf-8").result(text);
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read " + name, e);
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
