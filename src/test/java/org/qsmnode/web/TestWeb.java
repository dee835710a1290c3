package org.qsmnode.web;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.main.Main;
import org.qsmnode.store.RetrievableObjects;

/** DICOMweb on a free loopback port, and a client of it. */
final class TestWeb implements AutoCloseable {

  final int port;
  final String base;
  private final Main camel = new Main();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  TestWeb(RetrievableObjects objects, StowReceiver receiver, String allowedOrigin)
      throws Exception {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    base = "http://127.0.0.1:" + port + "/dicom-web";
    camel.setDefaultPropertyPlaceholderLocation("false");
    camel.configure().setStartupSummaryLevel(StartupSummaryLevel.Off);
    camel.configure().addRoutesBuilder(new DicomWebRoutes(objects, receiver, allowedOrigin));
    camel.addInitialProperty("camel.server.enabled", "true");
    camel.addInitialProperty("camel.server.host", "127.0.0.1");
    camel.addInitialProperty("camel.server.port", Integer.toString(port));
    camel.start();
  }

  /** Asks for what is below the base; an empty {@code accept} sends no such header. */
  HttpResponse<byte[]> get(String path, String accept) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    if (!accept.isEmpty()) {
      request.header("Accept", accept);
    }
    return send(request);
  }

  /** Posts to {@code /studies}, with further headers as name and value in turn. */
  HttpResponse<byte[]> post(String type, byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + "/studies"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    camel.stop();
  }
}
