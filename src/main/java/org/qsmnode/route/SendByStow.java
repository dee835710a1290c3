package org.qsmnode.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qsmnode.camel.StoreReport;

/**
 * Stores files by STOW-RS (PS3.18 10.5), all of a series in one request. What the answer lists as
 * failed has failed, whatever the HTTP status says; what it does not list is stored only under 200.
 */
final class SendByStow {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FAILED_SOP_SEQUENCE = "00081198";
  private static final String REFERENCED_SOP_SEQUENCE = "00081199";
  private static final String REFERENCED_SOP_INSTANCE_UID = "00081155";
  private static final String FAILURE_REASON = "00081197";
  private static final int PROCESSING_FAILURE = 0x0110;

  private final HttpClient http;
  private final Duration timeout;

  SendByStow(Duration connectTimeout, Duration timeout) {
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(connectTimeout)
            .build();
    this.timeout = timeout;
  }

  /**
   * Stores the files.
   *
   * @param base base URL of the server, ending in a slash
   * @param sopInstanceUids of the files, in order
   * @throws IOException if the server cannot be reached or refuses the request as a whole
   */
  StoreReport send(List<Path> files, List<String> sopInstanceUids, URI base)
      throws IOException, InterruptedException {
    String boundary = "qsmnode-" + Integer.toHexString(sopInstanceUids.hashCode()) + "-part";
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("studies"))
            .timeout(timeout)
            .header(
                "Content-Type",
                "multipart/related; type=\"application/dicom\"; boundary=" + boundary)
            .header("Accept", "application/dicom+json")
            .POST(body(files, boundary))
            .build();
    HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    return switch (response.statusCode()) {
      case 200, 202, 409 -> report(sopInstanceUids, response);
      default -> throw new IOException("STOW-RS was answered HTTP " + response.statusCode());
    };
  }

  private static HttpRequest.BodyPublisher body(List<Path> files, String boundary)
      throws IOException {
    List<HttpRequest.BodyPublisher> parts = new ArrayList<>();
    for (Path file : files) {
      parts.add(text("--" + boundary + "\r\nContent-Type: application/dicom\r\n\r\n"));
      parts.add(HttpRequest.BodyPublishers.ofFile(file));
      parts.add(text("\r\n"));
    }
    parts.add(text("--" + boundary + "--\r\n"));
    return HttpRequest.BodyPublishers.concat(parts.toArray(HttpRequest.BodyPublisher[]::new));
  }

  private static HttpRequest.BodyPublisher text(String text) {
    return HttpRequest.BodyPublishers.ofString(text, StandardCharsets.US_ASCII);
  }

  private static StoreReport report(List<String> uids, HttpResponse<byte[]> response)
      throws IOException {
    Map<String, Integer> statuses;
    try {
      statuses = statuses(response.body());
    } catch (JsonProcessingException e) {
      throw new IOException(
          "STOW-RS was answered HTTP " + response.statusCode() + " without DICOM JSON", e);
    }
    int unlisted = response.statusCode() == 200 ? 0 : PROCESSING_FAILURE;
    return new StoreReport(
        uids.stream()
            .map(uid -> new StoreReport.Outcome(uid, statuses.getOrDefault(uid, unlisted)))
            .toList());
  }

  /** Status by SOP Instance UID, of the objects that an answer lists. */
  static Map<String, Integer> statuses(byte[] body) throws IOException {
    JsonNode answer = JSON.readTree(body);
    Map<String, Integer> statuses = new HashMap<>();
    for (JsonNode item : answer.path(REFERENCED_SOP_SEQUENCE).path("Value")) {
      statuses.put(first(item, REFERENCED_SOP_INSTANCE_UID).asText(), 0);
    }
    for (JsonNode item : answer.path(FAILED_SOP_SEQUENCE).path("Value")) {
      statuses.put(
          first(item, REFERENCED_SOP_INSTANCE_UID).asText(),
          first(item, FAILURE_REASON).asInt(PROCESSING_FAILURE));
    }
    return statuses;
  }

  private static JsonNode first(JsonNode item, String tag) {
    return item.path(tag).path("Value").path(0);
  }
}
