package org.qsmnode.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.qsmnode.camel.ScriptedScp;

/** An Orthanc of the distribution on free loopback ports, asked by its REST interface. */
final class Orthanc implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final int dicomPort;
  private final int httpPort;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;

  Orthanc(Path folder) throws IOException {
    this(folder, ScriptedScp.freePort(), ScriptedScp.freePort(), 11112);
  }

  /**
   * An Orthanc on given ports, with what an earlier one stored in the folder.
   *
   * @param nodePort where it finds QSMNODE
   */
  Orthanc(Path folder, int dicomPort, int httpPort, int nodePort) throws IOException {
    this(folder, dicomPort, httpPort, nodePort, "\"Plugins\": []");
  }

  private Orthanc(Path folder, int dicomPort, int httpPort, int nodePort, String plugins)
      throws IOException {
    this.dicomPort = dicomPort;
    this.httpPort = httpPort;
    Path configuration = folder.resolve("orthanc.json");
    Files.writeString(
        configuration,
        """
        {
          "Name": "test", "DicomAet": "ORTHANC", "DicomPort": %d, "HttpPort": %d,
          "StorageDirectory": "%s", "IndexDirectory": "%s",
          "RemoteAccessAllowed": false, "AuthenticationEnabled": false, "KeepAlive": false,
          "DicomAlwaysAllowStore": true, "DicomServerEnabled": true, %s,
          "DicomAlwaysAllowFind": true, "DicomAlwaysAllowGet": true, "DicomAlwaysAllowMove": true,
          "DicomModalities": { "node": ["QSMNODE", "127.0.0.1", %d] }
        }
        """
            .formatted(
                dicomPort,
                httpPort,
                folder.resolve("storage"),
                folder.resolve("storage"),
                plugins,
                nodePort));
    process = Peer.start(folder.resolve("orthanc.log"), "Orthanc", configuration);
    Awaitility.await("start of Orthanc")
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsMatching(e -> e instanceof ConnectException || e instanceof IOException)
        .until(() -> get("/system").has("Version"));
  }

  /**
   * An Orthanc with its DICOMweb plugin.
   *
   * @param node base URL of the server that it knows as {@code node}
   */
  static Orthanc withDicomWeb(Path folder, Path plugin, String node) throws IOException {
    return new Orthanc(
        folder,
        ScriptedScp.freePort(),
        ScriptedScp.freePort(),
        11112,
        """
        "Plugins": ["%s"], "DicomWeb": { "Servers": { "node": ["%s"] } }\
        """
            .formatted(plugin, node));
  }

  int dicomPort() {
    return dicomPort;
  }

  /** The answer to a GET, as JSON. */
  JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(bytes(path));
  }

  /** The answer to a POST, as JSON. */
  JsonNode post(String path, HttpRequest.BodyPublisher body)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
                .POST(body)
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(path + " answered " + response.statusCode());
    }
    return JSON.readTree(response.body());
  }

  /** Deletes a resource. */
  void delete(String path) throws IOException, InterruptedException {
    int status =
        http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
                    .DELETE()
                    .build(),
                HttpResponse.BodyHandlers.discarding())
            .statusCode();
    if (status != 200) {
      throw new IOException(path + " answered " + status);
    }
  }

  /** The answer to a GET. */
  byte[] bytes(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(path + " answered " + response.statusCode());
    }
    return response.body();
  }

  int count(String what) throws IOException, InterruptedException {
    return get("/" + what).size();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
