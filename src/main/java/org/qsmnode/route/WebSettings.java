package org.qsmnode.route;

/**
 * DICOMweb.
 *
 * @param port 0 for none
 * @param bindAddress address that is listened on
 * @param allowedOrigin value of Access-Control-Allow-Origin, empty for no such header
 */
public record WebSettings(int port, String bindAddress, String allowedOrigin) {

  static WebSettings from(NodeValues values) {
    return new WebSettings(
        values.whole(WebKeys.PORT), values.text(WebKeys.BIND), values.text(WebKeys.ORIGIN));
  }
}
