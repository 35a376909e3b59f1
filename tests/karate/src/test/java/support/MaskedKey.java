package support;

import com.intuit.karate.http.HttpLogModifier;

/** Keeps the API key out of logs and reports; everything else is shown as it is. */
public class MaskedKey implements HttpLogModifier {

    @Override
    public boolean enableForUri(String uri) {
        return true;
    }

    @Override
    public String uri(String uri) {
        return uri;
    }

    @Override
    public String header(String header, String value) {
        return header.equalsIgnoreCase("X-API-Key") ? "***" : value;
    }

    @Override
    public String request(String uri, String request) {
        return request;
    }

    @Override
    public String response(String uri, String response) {
        return response;
    }
}
