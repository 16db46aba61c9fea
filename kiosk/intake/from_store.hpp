// From the thread of a connection to that of the store and back.
#pragma once

#include <functional>
#include <memory>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace intake {

// What is handed to the store's thread, with whom it is to answer.
template <class T>
using FromStore = std::function<void(std::function<void(T)>)>;

// Comes back to this thread with the answer.
template <class T>
boost::asio::awaitable<T> from_store(FromStore<T> const& hand_over) {
    auto const initiate = [](auto handler, FromStore<T> const* handed_over) {
        auto kept = std::make_shared<decltype(handler)>(std::move(handler));
        auto executor = boost::asio::get_associated_executor(*kept);
        auto work = boost::asio::make_work_guard(executor);
        (*handed_over)([kept = std::move(kept), executor, work](T answer) mutable {
            boost::asio::post(executor,
                              [kept = std::move(kept), answer = std::move(answer)]() mutable {
                                  (*kept)(std::move(answer));
                              });
        });
    };
    co_return co_await boost::asio::async_initiate<boost::asio::use_awaitable_t<> const, void(T)>(
        initiate, boost::asio::use_awaitable, &hand_over);
}

}  // namespace intake
