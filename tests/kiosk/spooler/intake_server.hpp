// A receiver for the tests: real HTTPS with client certificates on 127.0.0.1, whose answers are
// scripted. By default it behaves as the protocol says and remembers what it took.
#pragma once

#include "drivers/base/bytes.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace spooler_test {

class IntakeServer {
  public:
    struct Request {
        int number;      // from 1
        int connection;  // from 1
        std::string method, target, content_type, content_digest;
        std::string id;  // the end of the target
        base::Bytes body;
    };
    struct Reply {
        int status;
        std::string body = {};
        std::string retry_after = {};
        bool cut = false;  // the connection ends without an answer
        std::string location = {};
        // Bytes of the whole answer, header included, after which the connection ends.
        std::optional<std::size_t> cut_after = std::nullopt;
        std::optional<std::string> raw = std::nullopt;  // instead of an answer of HTTP
    };
    using Script = std::function<Reply(IntakeServer&, Request const&)>;

    struct Certificates {
        std::filesystem::path key, certificate, client_authority;
    };

    IntakeServer();  // with the certificates of pki()
    explicit IntakeServer(Certificates const& certificates, int port = 0);
    IntakeServer(IntakeServer const&) = delete;
    IntakeServer& operator=(IntakeServer const&) = delete;
    ~IntakeServer();

    std::string url() const;
    int port() const;

    // Replaces the behaviour; `take` is the right one.
    void script(Script script);

    // Stores and answers 201, 200 or 409, with a receipt.
    Reply take(Request const& request);

    // From now on requests are remembered without their bodies, for very many of them.
    void forget_bodies();

    std::vector<Request> requests() const;
    int connections() const;
    std::size_t stored() const;  // different ids

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

// A receipt as the receiver signs it, with any field replaced.
struct ReceiptFields {
    int version = 1;
    std::string id, kiosk, sha256;
    bool replay = false;
};
std::string signed_receipt(ReceiptFields const& fields, std::filesystem::path const& key);

}  // namespace spooler_test
